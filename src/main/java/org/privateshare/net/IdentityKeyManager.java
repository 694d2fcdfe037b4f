package org.privateshare.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows the newest credentials of an [Identity] in every new handshake.
final class IdentityKeyManager extends X509ExtendedKeyManager {
  private final Identity identity;

  IdentityKeyManager(Identity identity) {
    this.identity = identity;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String algorithm, Principal @Nullable [] issuers, SSLEngine engine) {
    return identity.hasKeyOf(algorithm) ? identity.alias() : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String algorithm, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return identity.hasKeyOf(algorithm) ? identity.alias() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return identity
        .find(alias)
        .map(found -> found.chain().toArray(X509Certificate[]::new))
        .orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return identity.find(alias).map(Credentials::key).orElse(null);
  }

  @Override
  public String[] getServerAliases(String algorithm, Principal @Nullable [] issuers) {
    return identity.hasKeyOf(algorithm) ? new String[] {identity.alias()} : new String[0];
  }

  @Override
  public String[] getClientAliases(String algorithm, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] algorithms, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
