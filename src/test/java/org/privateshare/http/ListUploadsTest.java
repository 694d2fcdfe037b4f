package org.privateshare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privateshare.http.Answers.body;
import static org.privateshare.http.Answers.field;
import static org.privateshare.http.Answers.head;
import static org.privateshare.http.Answers.status;
import static org.privateshare.http.TusPeer.UPLOADS;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is told of uploads that are under way.
@Timeout(60)
final class ListUploadsTest {
  private static final String TIME = "20[0-9-]{8}T[0-9:.]+Z";

  @TempDir Path root;
  private DoorFixture door;
  private TusPeer owner;

  @BeforeEach
  void start() throws IOException {
    door = DoorFixture.in(root);
    owner = new TusPeer(door, door.ownerKey());
  }

  @AfterEach
  void stop() throws IOException {
    door.close();
  }

  private static String id(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String json(String url, String path, int offset, String label, String digest) {
    return "\\{\"id\":\""
        + id(url)
        + "\",\"path\":\""
        + path
        + "\",\"offset\":"
        + offset
        + ",\"length\":9,\"label\":\""
        + label
        + "\",\"started\":\""
        + TIME
        + "\",\"expires\":\""
        + TIME
        + "\",\"busy\":false,\"digest\":\"crc32c:"
        + digest
        + "\"}";
  }

  private String get(String key, String target) throws IOException {
    return door.as(key, "GET " + target, "");
  }

  @Test
  void uploadsAreListedForProgramsAndPeople() throws Exception {
    assertThat(body(get(owner.key(), UPLOADS + "?json"))).isEqualTo("{\"uploads\":[]}\n");
    assertThat(body(get(owner.key(), UPLOADS))).isEmpty();
    String first = owner.begin("box/a.txt", 9);
    assertThat(status(owner.patch(first, 0, "1234"))).isEqualTo(204);
    String second = owner.begin("b.txt", 9);
    String part = owner.beginPart(9);
    assertThat(body(get(owner.key(), UPLOADS + "?json")))
        .matches(
            "\\{\"uploads\":\\[\n"
                + json(first, "box/a.txt", 4, "owner", "f63af4ee")
                + ",\n"
                + json(second, "b.txt", 0, "owner", "00000000")
                + ",\n\\{\"id\":\""
                + id(part)
                + "\",\"offset\":0,.*\n\\]}\n");
    String lines = get(owner.key(), UPLOADS);
    assertThat(field(lines, "Vary")).isEqualTo("Accept");
    assertThat(body(lines))
        .matches(
            id(first)
                + " 4 9 "
                + TIME
                + " box/a.txt\n"
                + id(second)
                + " 0 9 "
                + TIME
                + " b.txt\n"
                + id(part)
                + " 0 9 "
                + TIME
                + " -\n");
    assertThat(head(door.owner("HEAD " + UPLOADS, "")))
        .isEqualTo(head(lines).replace("Transfer-Encoding: chunked\r\n", ""));
    String one = get(owner.key(), first + "?json");
    assertThat(body(one)).matches(json(first, "box/a.txt", 4, "owner", "f63af4ee") + "\n");
    assertThat(body(get(owner.key(), first)))
        .isEqualTo(body(lines).lines().findFirst().get() + "\n");
  }

  @Test
  void aFinishedUploadIsListedNoMoreButKnown() throws Exception {
    String url = owner.begin("done.txt", 3);
    assertThat(status(owner.patch(url, 0, "123"))).isEqualTo(204);
    assertThat(body(get(owner.key(), UPLOADS))).isEmpty();
    String tag = field(door.owner("HEAD /done.txt", ""), "ETag");
    assertThat(body(get(owner.key(), url + "?json")))
        .contains("\"offset\":3,")
        .endsWith(",\"etag\":\"" + tag.replace("\"", "\\\"") + "\"}\n");
  }

  @Test
  void aKeySeesItsOwnAndThoseBelowIt() throws Exception {
    TusPeer phone = new TusPeer(door, door.key("list,put", "/"));
    TusPeer other = new TusPeer(door, door.key("list,put", "/"));
    String url = phone.begin("phone.txt", 9);
    assertThat(body(get(phone.key(), UPLOADS))).startsWith(id(url));
    assertThat(body(get(owner.key(), UPLOADS + "?json"))).contains("\"label\":\"Ada\"");
    assertThat(body(get(other.key(), UPLOADS))).isEmpty();
    assertThat(body(get(other.key(), "/?json"))).doesNotContain("uploads");
  }

  @Test
  void aListingHasWhatIsOnItsWayIntoTheFolder() throws Exception {
    for (String name : new String[] {"box/1", "box/2", "box/3"}) {
      assertThat(status(door.owner("PUT /" + name, "x"))).isEqualTo(201);
    }
    String url = owner.begin("box/a.txt", 9);
    assertThat(status(owner.patch(url, 0, "1234"))).isEqualTo(204);
    String deeper = owner.begin("box/deep/b.txt", 9);
    String upload = ",\"uploads\":\\[\n" + json(url, "box/a.txt", 4, "owner", "f63af4ee") + "\n\\]";
    assertThat(body(get(owner.key(), "/box/?json"))).matches("(?s).*\n\\]" + upload + "}\n");
    assertThat(body(get(owner.key(), "/box/")).lines()).containsExactlyInAnyOrder("1", "2", "3");
    assertThat(body(get(owner.key(), "/?json"))).doesNotContain(id(url), id(deeper));
    String page = body(get(owner.key(), "/box/?json&limit=2"));
    assertThat(page).doesNotContain("uploads").contains("\"next\":\"");
    String cursor = page.substring(page.indexOf("\"next\":\"") + 8, page.lastIndexOf('"'));
    assertThat(body(get(owner.key(), "/box/?json&cursor=" + cursor)))
        .matches("(?s).*\n\\]" + upload + ",\"total\":3}\n");
  }
}
