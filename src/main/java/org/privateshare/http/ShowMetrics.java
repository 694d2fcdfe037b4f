package org.privateshare.http;

import java.util.Optional;
import java.util.function.Supplier;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;

/// GET of the metrics. They are about all of the share, so the key must be too.
final class ShowMetrics implements Action {
  private final Supplier<Metrics> maker;
  private volatile Optional<Metrics> made = Optional.empty();

  /// @param maker makes the metrics, for those who ask first
  ShowMetrics(Supplier<Metrics> maker) {
    this.maker = maker;
  }

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.requireNothingBehind();
    call.grant().require(Right.ADMIN, SharePath.ROOT);
  }

  @Override
  public String answer(Call call) throws PeerGone {
    call.reply().say(200, Metrics.CONTENT_TYPE, metrics().text());
    return "told";
  }

  private synchronized Metrics metrics() {
    Metrics known = made.orElseGet(maker);
    made = Optional.of(known);
    return known;
  }
}
