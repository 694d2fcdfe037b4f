package org.privateshare;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The house of ARCHITECTURE.md: which package may import which, and no cycles.
final class ArchitectureTest {
  private static final String ROOT = "org.privateshare";

  /// The table, lowest floor first.
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("archive", Set.of("model")),
          Map.entry("store", Set.of("model")),
          Map.entry("access", Set.of("model")),
          Map.entry("share", Set.of("model", "store", "access")),
          Map.entry("net", Set.of("model")),
          Map.entry("classic", Set.of("model", "share", "net")),
          Map.entry("page", Set.of("model")),
          Map.entry("http", Set.of("model", "archive", "share", "access", "net", "page")),
          Map.entry("client", Set.of("model", "archive")),
          Map.entry(
              "cli",
              Set.of(
                  "model", "archive", "store", "access", "share", "net", "classic", "page", "http",
                  "client")));

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static final Set<String> ROOMS = MAY_IMPORT.keySet();

  @Test
  void everyClassLivesInARoomOfTheTable() {
    assertThat(OURS).isNotEmpty();
    assertThat(OURS).allSatisfy(type -> assertThat(ROOMS).contains(room(type)));
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void aRoomImportsOnlyWhatTheTableAllows(String room) {
    var allowed = resideOutsideOfPackage(ROOT + "..").or(inRoom(room));
    for (var other : MAY_IMPORT.getOrDefault(room, Set.of())) {
      allowed = allowed.or(inRoom(other));
    }
    if (room.equals("client")) {
      allowed = allowed.or(codecOfClassic());
    }
    classes()
        .that(inRoom(room))
        .should()
        .onlyDependOnClassesThat(allowed)
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void roomsDoNotImportEachOtherInCircles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
  }

  /// The codec is what of `classic` knows neither the share nor the net, directly or through
  /// others.
  private static DescribedPredicate<JavaClass> codecOfClassic() {
    return inRoom("classic")
        .and(
            describe(
                "are free of share and net",
                type -> reachableFrom(type).stream().noneMatch(ArchitectureTest::isShareOrNet)));
  }

  private static boolean isShareOrNet(JavaClass type) {
    return Set.of("share", "net").contains(room(type));
  }

  private static Set<JavaClass> reachableFrom(JavaClass start) {
    Set<JavaClass> seen = new HashSet<>(Set.of(start));
    Deque<JavaClass> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      open.remove().getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(JavaClass::getBaseComponentType)
          .filter(type -> type.getPackageName().startsWith(ROOT))
          .filter(seen::add)
          .forEach(open::add);
    }
    return seen;
  }

  private static DescribedPredicate<JavaClass> inRoom(String room) {
    return resideInAnyPackage(ROOT + "." + room + "..");
  }

  /// The first package below the root, empty for a class of the root itself.
  private static String room(JavaClass type) {
    var parts = type.getPackageName().substring(ROOT.length()).split("\\.", -1);
    return parts.length > 1 ? parts[1] : "";
  }
}
