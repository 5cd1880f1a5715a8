package io.vedette.api.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is itself. */
final class AddressRange {
    private AddressRange() {}

    /** @throws IllegalArgumentException if either is none */
    static boolean contains(String range, String address) {
        byte[] network = network(range);
        byte[] candidate = bytes(address);
        if (network.length != candidate.length) {
            return false;
        }
        for (int bit = 0; bit < prefix(range, network.length); bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (candidate[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException if it is none */
    static void check(String range) {
        prefix(range, network(range).length);
    }

    private static byte[] network(String range) {
        int slash = range.indexOf('/');
        return bytes(slash < 0 ? range : range.substring(0, slash));
    }

    private static int prefix(String range, int bytes) {
        int slash = range.indexOf('/');
        int bits = slash < 0 ? bytes * 8 : Integer.parseInt(range.substring(slash + 1));
        if (bits < 0 || bits > bytes * 8) {
            throw new IllegalArgumentException("no range of addresses: " + range);
        }
        return bits;
    }

    private static byte[] bytes(String address) {
        // Digits, dots and colons only: a name would be looked up.
        if (!address.matches("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("no address: " + address);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException("no address: " + address, none);
        }
    }
}
