package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.UploadPlan;

final class UploadMetadataTest {
  private static UploadMetadata read(String field) throws Problem {
    return UploadMetadata.of(HttpFields.build().add("Upload-Metadata", field));
  }

  /// `a=b c=d e` as a field, with the values in Base64.
  private static UploadMetadata saying(String pairs) throws Problem {
    StringBuilder field = new StringBuilder();
    for (String pair : pairs.split(" ", -1)) {
      int equals = pair.indexOf('=');
      field.append(field.isEmpty() ? "" : ",");
      field.append(equals < 0 ? pair : pair.substring(0, equals) + " ");
      field.append(equals < 0 ? "" : base64(pair.substring(equals + 1)));
    }
    return read(field.toString());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "path=inbox/a.txt, inbox/a.txt",
    "path=a filename=b folder=c, a",
    "filename=a.txt, a.txt",
    "filename=a.txt folder, a.txt",
    "filename=a.txt folder=/, a.txt",
    "filename=a.txt folder=inbox, inbox/a.txt",
    "filename=a.txt folder=inbox/, inbox/a.txt",
    "filename=new/a.txt folder=inbox/old, inbox/old/new/a.txt",
    "relativePath=c/c name=b filename=a, a",
    "relativePath=c/c name=b, b",
    "relativePath=c/c, c/c",
    "filetype=text/plain filename=ü.txt, ü.txt"
  })
  void aNameIsFound(String pairs, String path) throws Exception {
    assertThat(saying(pairs).path()).hasToString(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path",
        "path=/",
        "path=/a",
        "path=a/",
        "path=../a",
        "path=a//b",
        "path=a/./b",
        "path=.privateshare/keys",
        "path=a%2e%2e",
        "filename",
        "filename folder=inbox",
        "filename=.. folder=inbox",
        "filename=../a folder=inbox",
        "filename=/a folder=inbox",
        "filename=a folder=/inbox",
        "filename=a folder=inbox//",
        "filename=a\\b"
      })
  void whatIsNoNameIsRefused(String pairs) throws Exception {
    UploadMetadata metadata = saying(pairs);
    assertThatThrownBy(metadata::path).isInstanceOf(Refusal.BadName.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename YQ",
        "filename YR==",
        "filename YQ==,filename YQ==",
        "filename YQ==,",
        ",filename YQ==",
        "filename YQ==,,type",
        "filename YQ==, type",
        "filename YQ== ,type",
        "filename  YQ==",
        " YQ==",
        "file name YQ==",
        "filename\tYQ==",
        "filename YQ==,t\u00fcr",
        "filename !",
        "filename -_==",
        "type YQ==",
        "path /w==",
        ""
      })
  void whatIsNotToTheLetterIsRefused(String field) {
    assertThatThrownBy(() -> read(field).path()).isInstanceOf(Problem.class);
  }

  @Test
  void itHasOneLineAndEndsSomewhere() throws Exception {
    HttpFields twice =
        HttpFields.build().add("Upload-Metadata", "path YQ==").add("Upload-Metadata", "type");
    assertThatThrownBy(() -> UploadMetadata.of(twice)).isInstanceOf(Problem.class);
    String longest = "path YQ==,x " + "A".repeat(8180);
    assertThat(longest).hasSize(8192);
    assertThat(read(longest).path()).hasToString("a");
    assertThatThrownBy(() -> read(longest + "AAAA")).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "1700000000123, 2023-11-14T22:13:20.123Z",
    "-1, 1969-12-31T23:59:59.999Z",
    "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.123456789Z, 2026-11-22T10:00:00.123456789Z"
  })
  void aTimeIsRead(String value, String time) throws Exception {
    assertThat(saying("mtime=" + value).modified().orElseThrow()).hasToString(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "+1",
        "-0",
        "1e9",
        "1.5",
        "9999999999999999",
        "yesterday",
        "2026-11-22",
        "2026-11-22T10:00:00",
        "2026-11-22T10:00:00+01:00",
        "2026-02-30T10:00:00Z",
        "+12026-11-22T10:00:00Z"
      })
  void anotherTimeIsRefused(String value) throws Exception {
    UploadMetadata metadata = saying("mtime=" + value);
    assertThatThrownBy(metadata::modified).isInstanceOf(Problem.class);
  }

  @Test
  void withoutATimeNoneIsMeant() throws Exception {
    assertThat(saying("path=a").modified()).isEmpty();
  }

  @Test
  void aReplaceHasToBeAskedFor() throws Exception {
    assertThat(saying("path=a").must()).isEqualTo(Precondition.Existence.ABSENT);
    assertThat(saying("replace=false").must()).isEqualTo(Precondition.Existence.ABSENT);
    assertThat(saying("replace").must()).isEqualTo(Precondition.Existence.ANY);
    assertThat(saying("replace=true").must()).isEqualTo(Precondition.Existence.ANY);
    assertThat(saying("replace if-match=\"1-2\"").must()).isEqualTo(Precondition.Version.of("1-2"));
    assertThat(saying("if-match=*").must()).isEqualTo(Precondition.Existence.PRESENT);
    for (String odd : new String[] {"replace=1", "replace=TRUE", "if-match", "if-match=1-2"}) {
      UploadMetadata metadata = saying(odd);
      assertThatThrownBy(metadata::must).isInstanceOf(Problem.class);
    }
  }

  @Test
  void everythingIsToldAgain() throws Exception {
    UploadMetadata metadata = read("type dGV4dA==,path YQ==,replace,empty ");
    String told = print(Optional.of(metadata.path()), metadata.encoded());
    assertThat(told).isEqualTo("empty,path YQ==,replace,type dGV4dA==");
    assertThat(read(told)).isEqualTo(metadata);
  }

  @Test
  void whatWasBegunInAnotherWayHasItsPath() throws Exception {
    assertThat(print(Optional.of(SharePath.parse("a")), Map.of())).isEqualTo("path YQ==");
    assertThat(print(Optional.empty(), Map.of())).isEmpty();
    assertThat(print(Optional.empty(), Map.of(UploadConcat.NOTE, "x", "b", ""))).isEqualTo("b");
  }

  private static String print(Optional<SharePath> path, Map<String, String> notes) {
    return UploadMetadata.print(
        new UploadPlan(
            path, OptionalLong.of(1), Precondition.Existence.ABSENT, Optional.empty(), notes));
  }
}
