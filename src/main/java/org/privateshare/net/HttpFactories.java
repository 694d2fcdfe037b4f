package org.privateshare.net;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;

/// Jetty's factories for HTTP in TLS and in clear, with our limits: everything that is strict or
/// bounded about the parsing of HTTP stands here.
///
/// @param tls recognises TLS
/// @param plain recognises HTTP in clear
/// @param inner what is spoken inside TLS
record HttpFactories(TlsFactory tls, PlainFactory plain, List<ConnectionFactory> inner) {
  /// As ALPN spells it (RFC 7301), in lower case.
  private static final String HTTP_1_1 = "http/1.1";

  private static final int REQUEST_HEAD_BYTES = 32 << 10;

  /// The longest path, percent-encoded, and all that a caller may have said of an upload.
  private static final int RESPONSE_HEAD_BYTES = 24 << 10;

  private static final int INPUT_BYTES = 128 << 10;
  private static final int OUTPUT_BYTES = 64 << 10;
  private static final int AGGREGATED_BYTES = 8 << 10;

  /// What a path may be is said by one place, for which it is left as it came: the handler.
  private static final UriCompliance.Violation[] FOR_THE_DOOR = {
    UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
    UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
    UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
    UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS,
    UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
    UriCompliance.Violation.UTF16_ENCODINGS
  };

  private static final int STREAMS = 100;
  private static final int FRAME_BYTES = 64 << 10;

  /// By so much the windows of all connections may have grown.
  private static final int SHARED_WINDOW_BYTES = 48 << 20;

  private static final int SETTINGS = 16;

  /// Resets, pings, settings, empty frames and the like; a browser never comes near.
  private static final int EVENTS_PER_SECOND = 100;

  /// A new set for one connector.
  ///
  /// @param admission counts the connections
  /// @param refusal the factory of [UseHttps]
  static HttpFactories of(HttpDoor door, Admission admission, ProtocolFactory refusal) {
    HttpConfiguration secure = configuration();
    // Without its check of the server's name: by an address or a pinned key, any name will do.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(secure);
    HTTP2ServerConnectionFactory http2 = http2(secure);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", HTTP_1_1);
    alpn.setDefaultProtocol(HTTP_1_1);
    return new HttpFactories(
        new TlsFactory(door.identity(), door.tls(), admission, alpn.getProtocol()),
        new PlainFactory(configuration(), door.plain(), refusal),
        List.of(alpn, http2, http1));
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setUriCompliance(UriCompliance.DEFAULT.with("privateshare", FOR_THE_DOOR));
    configuration.setRequestHeaderSize(REQUEST_HEAD_BYTES);
    // Not by its maximum: Jetty 12.1.13 never sends what it has to take a larger buffer for.
    configuration.setResponseHeaderSize(RESPONSE_HEAD_BYTES);
    // Jetty's takes 38 KiB of the heap for each connection, for as long as that rests.
    configuration.setHeaderCacheSize(0);
    configuration.setInputBufferSize(INPUT_BYTES);
    configuration.setOutputBufferSize(OUTPUT_BYTES);
    configuration.setOutputAggregationSize(AGGREGATED_BYTES);
    return configuration;
  }

  private static HTTP2ServerConnectionFactory http2(HttpConfiguration configuration) {
    HTTP2ServerConnectionFactory http2 = new Http2Factory(configuration);
    Semaphore shared = new Semaphore(SHARED_WINDOW_BYTES);
    http2.setFlowControlStrategyFactory(() -> new GrowingWindows(shared));
    http2.setMaxConcurrentStreams(STREAMS);
    http2.setRateControlFactory(new WindowRateControl.Factory(EVENTS_PER_SECOND));
    http2.setMaxSettingsKeys(SETTINGS);
    http2.setMaxFrameSize(FRAME_BYTES);
    http2.setInitialStreamRecvWindow(GrowingWindows.FIRST_OF_STREAM);
    http2.setInitialSessionRecvWindow(GrowingWindows.FIRST);
    // The exchange keeps the time.
    http2.setStreamIdleTimeout(-1);
    return http2;
  }

  /// Tells the windows of a connection when that ends.
  private static final class Http2Factory extends HTTP2ServerConnectionFactory {
    private Http2Factory(HttpConfiguration configuration) {
      super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      Connection connection = super.newConnection(connector, endPoint);
      HTTP2Session session = ((HTTP2Connection) connection).getSession();
      connection.addEventListener((GrowingWindows) session.getFlowControlStrategy());
      return connection;
    }
  }
}
