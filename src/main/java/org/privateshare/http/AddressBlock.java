package org.privateshare.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses that begin with the same bits: `10.0.0.0/8`, `::1`.
///
/// @param first any address of the block
/// @param bits how many leading bits count
public record AddressBlock(InetAddress first, int bits) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

  /// Checks the number of bits.
  public AddressBlock {
    if (bits < 0 || bits > first.getAddress().length * 8) {
      throw new IllegalArgumentException("an address hasn't got " + bits + " bits");
    }
  }

  /// Reads `ADDRESS` or `ADDRESS/BITS`; empty where the text is neither. Names are never looked up.
  public static Optional<AddressBlock> parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(parts.group(1));
      String bits = parts.group(2);
      int all = address.getAddress().length * 8;
      return Optional.of(new AddressBlock(address, bits == null ? all : Integer.parseInt(bits)));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /// Whether the address is one of the block. An IPv4 address is never one of IPv6.
  public boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((ours[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
