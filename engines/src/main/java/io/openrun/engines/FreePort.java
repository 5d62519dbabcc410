package io.openrun.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. */
public final class FreePort {

    private static final int CONNECT_TIMEOUT_MILLIS = 500;
    private static final int LOWEST = 15_000;
    private static final int LOWEST_EPHEMERAL = 32_000;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    /**
     * A port nobody listens on right now. Taken from below the ports that systems hand to outgoing connections: one of
     * those would often be somebody's before the server that asked for it listens.
     */
    public static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_EPHEMERAL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EngineException("No free port on this machine between " + LOWEST + " and " + LOWEST_EPHEMERAL);
    }

    static int orAny(int port) {
        return port == 0 ? any() : port;
    }

    /** Whether a server could listen on {@code port} now, on every address of this machine. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody accepts connections on {@code port} of the loopback address. */
    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
