package io.hodei.external.control;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides which addresses jobs may call, so that nobody reaches by a job what only the servers
 * reach. Everything that is no address of the public internet is refused (RFC 6890 and the
 * registries of IANA), also when it hides in an IPv6 address, unless an administrator allows it.
 */
final class AddressGuard {
  /** Not public, or of the host's own provider; with the prefix length. */
  private static final List<Range> REFUSED =
      List.of(
          Range.of("0.0.0.0/8"),
          Range.of("10.0.0.0/8"),
          Range.of("100.64.0.0/10"),
          Range.of("127.0.0.0/8"),
          Range.of("169.254.0.0/16"),
          Range.of("172.16.0.0/12"),
          Range.of("192.0.0.0/24"),
          Range.of("192.0.2.0/24"),
          Range.of("192.88.99.0/24"),
          Range.of("192.168.0.0/16"),
          Range.of("198.18.0.0/15"),
          Range.of("198.51.100.0/24"),
          Range.of("203.0.113.0/24"),
          Range.of("224.0.0.0/3"), // multicast, reserved, broadcast
          Range.of("168.63.129.16/32"), // the platform's own address inside of Azure
          Range.of("2001::/23"), // Teredo, ORCHID and other protocols
          Range.of("2001:db8::/32"),
          Range.of("3fff::/20"));

  private static final Range GLOBAL = Range.of("2000::/3");
  private static final Range SIX_TO_FOUR = Range.of("2002::/16");
  private static final Range NAT64 = Range.of("64:ff9b::/96");

  private final Set<Integer> ports;
  private final Set<String> hosts = new HashSet<>();
  private final List<Range> ranges = new ArrayList<>();

  /**
   * A guard.
   *
   * @param ports that may be called anywhere
   * @param allow hosts, {@code host:port}, addresses and ranges that may be called besides, at any
   *     port unless one is named
   * @throws IllegalArgumentException naming what is none of these
   */
  AddressGuard(Set<Integer> ports, List<String> allow) {
    this.ports = Set.copyOf(ports);
    for (String entry : allow) {
      if (entry.contains("/") || isLiteral(entry)) {
        ranges.add(Range.of(entry));
      } else {
        hosts.add(entry.toLowerCase(Locale.ROOT));
      }
    }
  }

  /** It may not be called; the message says why and what to do. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Checks what a name was resolved to: one bad address spoils all. What is called are these
   * addresses, without another look at the name.
   */
  List<InetAddress> check(String host, int port, List<InetAddress> found) throws Refused {
    String name = host.toLowerCase(Locale.ROOT);
    if (hosts.contains(name) || hosts.contains(name + ":" + port)) {
      return found;
    }
    for (InetAddress address : found) {
      boolean allowed = ranges.stream().anyMatch(range -> range.holds(address.getAddress()));
      if (!allowed && !isPublic(address)) {
        throw new Refused(
            "%s is %s, which is no address of the public internet, so jobs may not call it. An administrator can allow it by hodei.http.allow."
                .formatted(host, address.getHostAddress()));
      }
      if (!allowed && !ports.contains(port)) {
        throw new Refused(
            "Jobs may not call port %d of %s. An administrator can allow it by hodei.http.ports or hodei.http.allow."
                .formatted(port, host));
      }
    }
    return found;
  }

  /** Whether it is an address that anybody on the internet could call. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return REFUSED.stream().noneMatch(range -> range.holds(bytes));
    }
    if (NAT64.holds(bytes)) {
      return isPublic(embedded(bytes, 12));
    }
    if (SIX_TO_FOUR.holds(bytes)) {
      return isPublic(embedded(bytes, 2));
    }
    return GLOBAL.holds(bytes) && REFUSED.stream().noneMatch(range -> range.holds(bytes));
  }

  private static InetAddress embedded(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }

  private static boolean isLiteral(String text) {
    boolean six = text.indexOf(':') != text.lastIndexOf(':');
    return six || text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** Addresses that begin with the same bits. */
  private record Range(List<Byte> prefix, int bits) {
    static Range of(String text) {
      int slash = text.indexOf('/');
      try {
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!isLiteral(address)) {
          throw new IllegalArgumentException("not an address");
        }
        byte[] bytes = InetAddress.getByName(address).getAddress();
        int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > bytes.length * 8) {
          throw new IllegalArgumentException("not a prefix length");
        }
        List<Byte> prefix = new ArrayList<>();
        for (byte b : bytes) {
          prefix.add(b);
        }
        return new Range(List.copyOf(prefix), bits);
      } catch (UnknownHostException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "hodei.http.allow: %s is no host, address or range like 10.1.0.0/16".formatted(text),
            e);
      }
    }

    boolean holds(byte[] address) {
      if (address.length != prefix.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix.get(bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
