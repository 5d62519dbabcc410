package io.openrun.lab.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Spreads connections over the loopback network's addresses, so that many short runs of 10,000 connections do
 * not use up the ephemeral ports of one address. Only Linux answers on all of 127.0.0.0/8; elsewhere the
 * system chooses.
 */
final class SourceAddresses {

    private static final int CONNECTIONS_PER_ADDRESS = 2_000;

    private final boolean spread;
    private final int network = ThreadLocalRandom.current().nextInt(1, 250);

    SourceAddresses(InetAddress target) {
        spread = target.isLoopbackAddress()
                && target.getAddress().length == 4
                && System.getProperty("os.name", "").startsWith("Linux");
    }

    void bind(SocketChannel channel, int connection) throws IOException {
        if (spread) {
            int host = 1 + connection / CONNECTIONS_PER_ADDRESS;
            channel.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, (byte) network, (byte) host}), 0));
        }
    }
}
