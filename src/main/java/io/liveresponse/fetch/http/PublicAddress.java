package io.liveresponse.fetch.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Tells addresses of the public Internet from those that a link must never lead to. */
final class PublicAddress {

    /** Beyond what {@link InetAddress} knows; from the IANA special-purpose registries. */
    private static final List<Network> SPECIAL = Stream.of(
            "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "240.0.0.0/4",
            // where Azure's own machines find their host: public by number, not by meaning
            "168.63.129.16/32",
            "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "fc00::/7").map(Network::parse).toList();

    /** Written out, since Java reads the text of one as an IPv4 address. */
    private static final Network MAPPED = new Network(new byte[]{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96);

    /** Networks whose addresses carry an IPv4 address, and at which byte: mapped, translated, compatible, NAT64, 6to4. */
    private static final List<Carrier> CARRIERS = List.of(
            new Carrier(MAPPED, 12), new Carrier(Network.parse("::ffff:0:0:0/96"), 12), new Carrier(Network.parse("::/96"), 12),
            new Carrier(Network.parse("64:ff9b::/96"), 12), new Carrier(Network.parse("2002::/16"), 2));
    private static final int IPV4_BYTES = 4;

    private PublicAddress() {
    }

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()
                || SPECIAL.stream().anyMatch(network -> network.holds(address))) {
            return false;
        }
        return address instanceof Inet4Address || CARRIERS.stream()
                .filter(carrier -> carrier.network().holds(address))
                .allMatch(carrier -> is(carried(address, carrier.offset())));
    }

    private static InetAddress carried(InetAddress address, int offset) {
        byte[] bytes = address.getAddress();
        return address(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private record Carrier(Network network, int offset) {
    }

    private record Network(byte[] prefix, int bits) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            try {
                // a literal, so nothing is looked up
                return new Network(InetAddress.getByName(text.substring(0, slash)).getAddress(),
                        Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        boolean holds(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((bytes[bit / Byte.SIZE] & mask) != (prefix[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
