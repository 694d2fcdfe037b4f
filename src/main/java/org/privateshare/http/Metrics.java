package org.privateshare.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.privateshare.share.Share;

/// What the server does and how it is, as Prometheus reads it. No label holds a path, a key or
/// anything else that strangers choose.
///
/// Thread-safe. Made when somebody asks first, since nobody may.
final class Metrics {
  /// The text format 0.0.4.
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Traffic traffic;
  private final Set<Traffic.Kind> known = ConcurrentHashMap.newKeySet();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Metrics(Traffic traffic, Share share) {
    this.traffic = traffic;
    count("privateshare.bytes.received", "content taken", traffic.bytesIn());
    count("privateshare.bytes.sent", "content sent", traffic.bytesOut());
    count("privateshare.keys.refused", "requests without a good key", traffic.refusedKeys());
    count("privateshare.throttled", "requests put off", traffic.throttled());
    gauge("privateshare.requests.running", "requests under way", traffic.running());
    var _ =
        Gauge.builder("privateshare.free.bytes", share, Metrics::freeBytes)
            .description("what uploads may still bring in")
            .register(registry);
    var _ =
        Gauge.builder("privateshare.uploads.unfinished", share, Metrics::unfinished)
            .description("uploads that may go on")
            .register(registry);
    new UptimeMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  private void count(String name, String description, LongAdder count) {
    var _ =
        FunctionCounter.builder(name, count, LongAdder::sum)
            .description(description)
            .register(registry);
  }

  private void gauge(String name, String description, LongAdder level) {
    var _ = Gauge.builder(name, level, LongAdder::sum).description(description).register(registry);
  }

  private static double unfinished(Share share) {
    try {
      return share.uploads().unfinished();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double freeBytes(Share share) {
    try {
      return share.freeBytes();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /// All of it as of now.
  String text() {
    traffic.requests().forEach(this::add);
    return registry.scrape(CONTENT_TYPE);
  }

  private void add(Traffic.Kind kind, LongAdder count) {
    if (!known.add(kind)) {
      return;
    }
    var _ =
        FunctionCounter.builder("privateshare.requests", count, LongAdder::sum)
            .description("requests answered")
            .tags("method", kind.method(), "status", kind.status())
            .register(registry);
  }
}
