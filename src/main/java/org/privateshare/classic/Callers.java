package org.privateshare.classic;

import java.net.InetAddress;

/// Who may use the classic door, which has no password.
public enum Callers {
  /// Nobody: the protocol isn't spoken at all.
  OFF,
  /// Programs on this machine.
  LOOPBACK,
  /// Also machines with a private, link-local or unique local address.
  LAN,
  /// Everybody.
  ANY;

  /// Whether a caller from this address may come in. An IPv4-mapped IPv6 address never gets here:
  /// Java makes it IPv4 when it makes the address.
  boolean admit(InetAddress caller) {
    return switch (this) {
      case OFF -> false;
      case LOOPBACK -> caller.isLoopbackAddress();
      case LAN -> caller.isLoopbackAddress() || isLocal(caller);
      case ANY -> true;
    };
  }

  private static boolean isLocal(InetAddress caller) {
    return caller.isSiteLocalAddress() || caller.isLinkLocalAddress() || isUniqueLocal(caller);
  }

  /// RFC 4193: fc00::/7.
  private static boolean isUniqueLocal(InetAddress caller) {
    byte[] address = caller.getAddress();
    return address.length == 16 && (address[0] & 0xfe) == 0xfc;
  }
}
