package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Entry;
import org.privateshare.model.SharePath;

final class PromptListingTest {
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private final OutputStream buffer = new BufferedOutputStream(arrived, 1 << 20);
  private long now = 17;

  private ListingWriter listing(boolean asJson) throws IOException {
    ListingWriter writer =
        asJson ? new JsonListing(buffer, SharePath.ROOT) : new PlainListing(buffer);
    return new PromptListing(writer, buffer, () -> now);
  }

  private static Row row(String name) {
    return Row.of(name, new Entry.Folder(name, Instant.EPOCH));
  }

  private String arrived() {
    return arrived.toString(UTF_8);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsThatComeQuicklyAreSentTogether(boolean asJson) throws Exception {
    ListingWriter listing = listing(asJson);
    listing.row(row("one"));
    pass(PromptListing.MOST_HELD.minusNanos(1));
    listing.row(row("two"));
    assertThat(arrived()).isEmpty();
    listing.finish(ListingEnd.NOTHING);
    assertThat(arrived()).contains("one", "two");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatComesLateIsSentAtOnceWithThoseThatWait(boolean asJson) throws Exception {
    ListingWriter listing = listing(asJson);
    listing.row(row("one"));
    pass(PromptListing.MOST_HELD);
    listing.row(row("two"));
    assertThat(arrived()).contains("one", "two");
    listing.row(row("three"));
    assertThat(arrived()).doesNotContain("three");
    pass(PromptListing.MOST_HELD);
    listing.row(row("four"));
    assertThat(arrived()).contains("three", "four");
  }
}
