package org.privateshare.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a scanner for weak TLS finds: nothing.
///
/// sslscan can't look for compression where its OpenSSL has none, as Debian's.
@Tag("interop")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TlsScanTest {
  private static final Pattern CIPHER =
      Pattern.compile("^(?:Accepted|Preferred)\\s+(TLSv\\S+)\\s+\\d+ bits\\s+(\\S+)(.*)$");

  private static final Pattern PROTOCOL = Pattern.compile("^(SSLv|TLSv)[0-9.]+ +(en|dis)abled$");

  @ParameterizedTest
  @ValueSource(strings = {"conscrypt", "jdk"})
  void onlyTls12And13WithAeadAndForwardSecrecyAreSpoken(String provider, @TempDir Path share) {
    String property = "-Dprivateshare.tls=" + provider;
    String scan;
    try (ServerProcess server = ServerProcess.Setup.of(share).asLaunched(property).start()) {
      scan = Shell.run("sslscan", "--no-colour", "127.0.0.1:" + server.port());
    }
    List<String> lines = scan.lines().map(String::strip).toList();
    assertThat(lines.stream().filter(line -> PROTOCOL.matcher(line).matches()))
        .containsExactly(
            "SSLv2     disabled",
            "SSLv3     disabled",
            "TLSv1.0   disabled",
            "TLSv1.1   disabled",
            "TLSv1.2   enabled",
            "TLSv1.3   enabled");
    assertThat(lines.stream().filter(line -> CIPHER.matcher(line).matches()))
        .hasSize(6)
        .allMatch(line -> CIPHER.matcher(line).replaceFirst("$2$3").matches(aead()));
    assertThat(lines)
        .contains("Session renegotiation not supported")
        .contains("TLSv1.3 not vulnerable to heartbleed", "TLSv1.2 not vulnerable to heartbleed")
        .contains("ECC Key Strength:    128", "Signature Algorithm: ecdsa-with-SHA256");
    Report.line("interop: sslscan, TLS by %s: TLS 1.2 and 1.3, 6 AEAD suites", provider);
  }

  /// The suites of TLS 1.3 all have ephemeral keys; those of 1.2 say so.
  private static String aead() {
    return "(TLS_|ECDHE-ECDSA-)(AES_?(128|256)[_-]GCM|CHACHA20[_-]POLY1305)\\S*\\s+Curve .*";
  }
}
