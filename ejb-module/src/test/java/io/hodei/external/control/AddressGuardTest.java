package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No job reaches what only the servers reach. */
class AddressGuardTest {
  private static final Set<Integer> PORTS = Set.of(80, 443);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:1:2:3:4:5:6",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1"
      })
  void what_is_not_public_is_refused(String text) throws UnknownHostException {
    AddressGuard guard = new AddressGuard(PORTS, List.of());
    InetAddress resolved = address(text);

    assertThatThrownBy(() -> guard.check("name.example.com", 443, List.of(resolved)))
        .isInstanceOf(AddressGuard.Refused.class)
        .hasMessageContaining("no address of the public internet")
        .hasMessageContaining("hodei.http.allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2001:4860:4860::8888",
        "64:ff9b::808:808",
        "2002:808:808::1"
      })
  void what_is_public_may_be_called(String text) throws Exception {
    List<InetAddress> resolved = List.of(address(text));

    assertThat(new AddressGuard(PORTS, List.of()).check("a.example.com", 443, resolved))
        .isEqualTo(resolved);
  }

  /** Numbers are written in many ways; it is the address that counts. */
  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "127.1", "localhost", "0", "127.0.0.1", "::1"})
  void no_way_of_writing_it_hides_this_host(String host) {
    AddressGuard guard = new AddressGuard(PORTS, List.of());
    assertThatThrownBy(() -> guard.check(host, 80, List.of(InetAddress.getAllByName(host))))
        .isInstanceOfAny(AddressGuard.Refused.class, UnknownHostException.class);
  }

  @Test
  void one_bad_address_of_a_name_spoils_all() throws UnknownHostException {
    List<InetAddress> both = List.of(address("1.1.1.1"), address("127.0.0.1"));

    assertThatThrownBy(() -> new AddressGuard(PORTS, List.of()).check("a", 80, both))
        .isInstanceOf(AddressGuard.Refused.class);
  }

  @Test
  void other_ports_are_refused() throws UnknownHostException {
    List<InetAddress> address = List.of(address("1.1.1.1"));

    assertThatThrownBy(() -> new AddressGuard(PORTS, List.of()).check("a", 22, address))
        .isInstanceOf(AddressGuard.Refused.class)
        .hasMessageContaining("port 22")
        .hasMessageContaining("hodei.http.ports");
  }

  @Test
  void administrators_open_hosts_ports_addresses_and_ranges() throws Exception {
    AddressGuard guard =
        new AddressGuard(
            PORTS, List.of("Inner.example.com", "other.example.com:9000", "10.1.0.0/16", "::1"));
    List<InetAddress> inside = List.of(address("10.1.2.3"));
    List<InetAddress> beside = List.of(address("10.2.2.3"));

    assertThat(guard.check("inner.EXAMPLE.com", 5000, beside)).isEqualTo(beside);
    assertThat(guard.check("other.example.com", 9000, beside)).isEqualTo(beside);
    assertThat(guard.check("any", 7, inside)).isEqualTo(inside);
    assertThat(guard.check("::1", 7, List.of(address("::1")))).hasSize(1);
    assertThatThrownBy(() -> guard.check("other.example.com", 9001, beside))
        .isInstanceOf(AddressGuard.Refused.class);
    assertThatThrownBy(() -> guard.check("any", 80, beside))
        .isInstanceOf(AddressGuard.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "1.2.3/8/9"})
  void a_wrong_range_is_named(String range) {
    assertThatThrownBy(() -> new AddressGuard(PORTS, List.of(range)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(range);
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }
}
