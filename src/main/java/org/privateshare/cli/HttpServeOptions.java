package org.privateshare.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.privateshare.http.AddressBlock;
import org.privateshare.http.HttpOptions;

/// The options of `serve` that are about HTTP and TLS.
final class HttpServeOptions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");

  private final Given<String> plain;
  private final List<String> hosts;
  private final List<String> proxies;
  private final Given<String> cert;
  private final Given<String> key;

  HttpServeOptions(Syntax syntax) {
    this.plain =
        syntax.text(
            "off|loopback|any",
            "Who may also use HTTP in clear: nobody, this machine (the default), or everybody, for"
                + " a trusted network or behind a proxy.",
            "--plain-http");
    this.hosts =
        syntax.texts(
            "NAME",
            "Another name by which browsers and proxies call this server. May be given several"
                + " times.",
            "--host");
    this.proxies =
        syntax.texts(
            "ADDRESS[/BITS]",
            "Believe what this proxy says about whom it speaks for. May be given several times.",
            "--trusted-proxy");
    this.cert =
        syntax.text(
            "FILE",
            "Be known by the certificates in this PEM file, the server's own first.",
            "--cert");
    this.key =
        syntax.text(
            "FILE",
            "The private key to --cert: PEM, PKCS#8, mode 0600, without a password.",
            "--key");
  }

  /// What these options ask for.
  HttpPlan plan(Shell shell) throws Mistake {
    return new HttpPlan(plain(), new HttpOptions(names(), blocks()), identity(shell));
  }

  /// Whether `--plain-http` was given, rather than left to its default.
  boolean isPlainGiven() {
    return plain.isThere();
  }

  private PlainReach plain() throws Mistake {
    return plain.isThere() ? PlainReach.parse(plain.value().orElseThrow()) : PlainReach.LOOPBACK;
  }

  private Set<String> names() throws Mistake {
    Set<String> names = new HashSet<>();
    for (String host : hosts) {
      if (!NAME.matcher(host).matches() && !isAddress(host)) {
        throw new Mistake(
            Paths.shown(host) + " is no name of a host; give it as in https://NAME/, without port");
      }
      names.add(host);
    }
    return names;
  }

  private static boolean isAddress(String host) {
    return !host.contains("/") && AddressBlock.parse(host).isPresent();
  }

  private List<AddressBlock> blocks() throws Mistake {
    List<AddressBlock> blocks = new ArrayList<>();
    for (String proxy : proxies) {
      AddressBlock block =
          AddressBlock.parse(proxy)
              .orElseThrow(
                  () ->
                      new Mistake(
                          Paths.shown(proxy) + " is no address and no ADDRESS/BITS: 10.0.0.0/8"));
      if (block.bits() == 0) {
        throw new Mistake("--trusted-proxy " + proxy + " would believe everybody");
      }
      blocks.add(block);
    }
    return blocks;
  }

  private Optional<HttpPlan.OwnIdentity> identity(Shell shell) throws Mistake {
    String keyFile = key.or("");
    if (keyFile.startsWith("ps1_") || keyFile.contains("PRIVATE KEY")) {
      throw new Mistake("--key takes a file: what stands on a command line, others can see");
    }
    if (cert.isThere() != key.isThere()) {
      throw new Mistake("--cert and --key belong together");
    }
    if (!cert.isThere()) {
      return Optional.empty();
    }
    Path chain = Paths.inside(shell, cert.or("")).toAbsolutePath().normalize();
    Path secret = Paths.inside(shell, keyFile).toAbsolutePath().normalize();
    return Optional.of(new HttpPlan.OwnIdentity(chain, secret));
  }
}
