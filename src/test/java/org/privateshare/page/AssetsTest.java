package org.privateshare.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AssetsTest {
  private static final String PLACE = "/.privateshare/page/";

  @TempDir private Path folder;

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Asset ours(String name) {
    String path = Assets.ours().url(name).substring(PLACE.length());
    return Assets.ours().find(path).orElseThrow();
  }

  @Test
  void everyFileOfThePageIsThereAndUnpacksToItself() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(Path.of("src/main/web"))) {
      sources = files.toList();
    }
    assertThat(sources).isNotEmpty();
    for (Path source : sources) {
      Asset asset = ours(source.getFileName().toString());
      assertThat(bytes(asset.bytes())).isEqualTo(Files.readAllBytes(source));
      try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes(asset.gzipped())))) {
        assertThat(gzip.readAllBytes()).isEqualTo(Files.readAllBytes(source));
      }
    }
    assertThat(ours("page.css").type()).isEqualTo("text/css;charset=utf-8");
    assertThat(ours("icon.svg").type()).isEqualTo("image/svg+xml");
  }

  @Test
  void theClientForTusIsTheOneThatWasChosen() throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes(ours("tus.js").bytes()));
    assertThat(HexFormat.of().formatHex(sum))
        .isEqualTo("8cbb1b63fccc3bba0ae73ad1deb160ce046c3750851d0c3e94921ae3ef070eb8");
  }

  @Test
  void theVersionIsThatOfAllNamesAndContents() throws IOException {
    String first = base("a.js", "1", "b.js", "2");
    assertThat(first).matches(PLACE + "[0-9a-f]{16}/");
    assertThat(base("a.js", "1", "b.js", "2")).isEqualTo(first);
    assertThat(base("a.js", "2", "b.js", "1")).isNotEqualTo(first);
    assertThat(base("a.js", "1", "c.js", "2")).isNotEqualTo(first);
    assertThat(base("a.js", "1")).isNotEqualTo(first);
  }

  private String base(String... namesAndContents) throws IOException {
    Path one = Files.createTempDirectory(folder, "");
    for (int i = 0; i < namesAndContents.length; i += 2) {
      Files.writeString(one.resolve(namesAndContents[i]), namesAndContents[i + 1]);
    }
    return Assets.in(one).base();
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    assertThat(Assets.ours().find("0123456789abcdef/page.css")).isEmpty();
    assertThat(Assets.ours().find("page.css")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Assets.ours().url("../page.css"));
    Files.writeString(folder.resolve("a.exe"), "x");
    assertThatIllegalArgumentException().isThrownBy(() -> Assets.in(folder));
  }
}
