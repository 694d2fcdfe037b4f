package org.privateshare.classic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.model.Visit;
import org.privateshare.net.RawPeer;

/// What the door reports of its connections.
@Timeout(120)
final class ClassicDoorVisitTest {
  @TempDir private Path share;
  private DoorFixture door;

  @BeforeEach
  void open() throws Exception {
    var _ = Files.writeString(share.resolve("a.txt"), "hello");
    door = DoorFixture.over(share);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'list'       | list  | ''     | 7 | sent",
        "'get,a.txt'  | get   | a.txt  | 5 | sent",
        "'get,b.txt'  | get   | b.txt  | 0 | refused, missing",
        "'put,../x'   | put   | ../x   | 0 | refused, bad-name",
        "'hello'      | hello | ''     | 0 | refused, bad-name",
      })
  void everyConnectionIsReportedOnce(
      String request, String action, String path, long bytes, String end) throws Exception {
    try (RawPeer client = door.connect()) {
      var _ = client.send(request).fin().readAll();
    }
    Visit visit = door.visit();
    assertThat(visit.door()).isEqualTo("classic");
    assertThat(visit.peer().isLoopbackAddress()).isTrue();
    assertThat(visit.key()).isEmpty();
    assertThat(visit.action()).isEqualTo(action);
    assertThat(visit.path()).isEqualTo(path);
    assertThat(visit.status()).isEmpty();
    assertThat(visit.bytes()).isEqualTo(bytes);
    assertThat(visit.end()).isEqualTo(end);
  }

  @Test
  void aPutIsReportedAsOfUnconfirmedLength() throws Exception {
    try (RawPeer client = door.connect()) {
      assertThat(client.send("put,new").readOnce()).isEqualTo("pass");
      assertThat(client.send("half").fin().readAll()).isEmpty();
    }
    Visit visit = door.visit();
    assertThat(visit.bytes()).isEqualTo(4);
    assertThat(visit.end()).isEqualTo("published, length not confirmed");
  }
}
