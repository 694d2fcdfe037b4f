package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.status;
import static org.privateshare.http.TusPeer.UPLOADS;
import static org.privateshare.http.TusPeer.metadata;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parts that are joined, through the real server.
@Timeout(60)
final class TusConcatTest {
  @TempDir static Path root;
  private static DoorFixture door;
  private static TusPeer owner;

  @BeforeAll
  static void start() throws IOException {
    door = DoorFixture.in(root);
    owner = new TusPeer(door, door.ownerKey());
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
  }

  private static String part(String content) throws IOException {
    String url = owner.beginPart(content.length());
    assertThat(status(owner.patch(url, 0, content))).isEqualTo(204);
    return url;
  }

  private static String join(TusPeer by, String name, String parts, String... more)
      throws IOException {
    String[] fields = new String[more.length + 2];
    System.arraycopy(more, 0, fields, 2, more.length);
    fields[0] = metadata("path=" + name);
    fields[1] = "Upload-Concat: final;" + parts;
    return by.ask("POST " + UPLOADS, "", fields);
  }

  @Test
  void partsBecomeOneFile() throws Exception {
    String first = part("123");
    String second = part("456789");
    String standing = owner.head(first);
    assertThat(field(standing, "Upload-Concat")).isEqualTo("partial");
    assertThat(field(standing, "Upload-Offset")).isEqualTo("3");
    assertThat(field(standing, "Upload-Length")).isEqualTo("3");
    assertThat(field(standing, "Upload-Metadata")).isEmpty();

    String absolute = "http://localhost:" + door.port() + second;
    String joined = join(owner, "box/joined.txt", first + " " + absolute);
    assertThat(status(joined)).isEqualTo(201);
    assertThat(field(joined, "Repr-Digest")).isEqualTo("crc32c=:4waSgw==:");
    assertThat(field(joined, "Content-Location")).isEqualTo("/box/joined.txt");
    assertThat(door.folder().resolve("box/joined.txt")).hasContent("123456789");

    String url = field(joined, "Location");
    String finished = owner.head(url);
    assertThat(status(finished)).isEqualTo(200);
    assertThat(field(finished, "Upload-Length")).isEqualTo("9");
    assertThat(field(finished, "Upload-Offset")).isEqualTo("9");
    assertThat(field(finished, "Upload-Concat")).isEqualTo("final;" + first + " " + absolute);
    assertThat(field(finished, "Upload-Metadata"))
        .isEqualTo(metadata("path=box/joined.txt").substring("Upload-Metadata: ".length()));
    assertThat(status(owner.patch(url, 9, ""))).isEqualTo(403);
    assertThat(status(owner.head(first))).isEqualTo(404);
    assertThat(status(owner.head(second))).isEqualTo(404);
  }

  /// A is a whole part, U an unfinished one, N one with a name.
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          ''                                          ! 400
          A U                                         ! 400
          A A                                         ! 400
          A N                                         ! 400
          A/                                          ! 400
          A /                                         ! 400
          A /a.txt                                    ! 400
          A  U                                        ! 400
          A /.privateshare/uploads                    ! 400
          A /.privateshare/uploads/../keys            ! 404
          A /.privateshare/uploads/x                  ! 404
          A /.privateshare/uploads/00000000000000000000000000000000 ! 404
          A http://evil.example/.privateshare/uploads/00000000000000000000000000000000 ! 400
          A ../uploads                                ! 400
          """)
  void nothingElseIsJoined(String urls, int status) throws Exception {
    String whole = part("123");
    String unfinished = owner.beginPart(9);
    String named = owner.begin("named.txt", 9);
    String parts = urls.replace("A", whole).replace("U", unfinished).replace("N", named);
    assertThat(status(join(owner, "nothing.txt", parts))).isEqualTo(status);
    assertThat(door.folder().resolve("nothing.txt")).doesNotExist();
    assertThat(owner.offset(whole)).isEqualTo("3");
  }

  @Test
  void aWholeHasNoLengthAndNoBytesOfItsOwn() throws Exception {
    String whole = part("123");
    assertThat(status(join(owner, "own.txt", whole, "Upload-Length: 3"))).isEqualTo(400);
    assertThat(status(join(owner, "own.txt", whole, "Upload-Defer-Length: 1"))).isEqualTo(400);
    String many = (whole + " ").repeat(501).strip();
    assertThat(status(join(owner, "own.txt", many))).isIn(400, 431);
    assertThat(door.folder().resolve("own.txt")).doesNotExist();
  }

  @Test
  void partsOfOthersAreNotThere() throws Exception {
    String whole = part("123");
    TusPeer other = new TusPeer(door, door.key("put", "/"));
    assertThat(status(join(other, "others.txt", whole))).isEqualTo(404);
    TusPeer elsewhere = new TusPeer(door, door.key("put", "else/"));
    String own = elsewhere.beginPart(3);
    assertThat(status(elsewhere.patch(own, 0, "123"))).isEqualTo(204);
    assertThat(status(join(elsewhere, "others.txt", own))).isEqualTo(404);
    assertThat(status(join(elsewhere, "else/own.txt", own))).isEqualTo(201);
    assertThat(door.folder().resolve("others.txt")).doesNotExist();
  }

  @Test
  void aTakenNameKeepsTheParts() throws Exception {
    String whole = part("123");
    assertThat(status(door.owner("PUT /taken.txt", "old"))).isEqualTo(201);
    assertThat(status(join(owner, "taken.txt", whole))).isEqualTo(409);
    assertThat(status(join(owner, "free.txt", whole))).isEqualTo(201);
    assertThat(door.folder().resolve("taken.txt")).hasContent("old");
  }
}
