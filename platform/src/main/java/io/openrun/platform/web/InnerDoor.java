package io.openrun.platform.web;

import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * A second door to the services of one process, on the loopback address only: there they reach each other however many
 * strangers wait at the public one.
 */
public final class InnerDoor {

    /** As many as services may have requests of each other, and those that ask for keys. */
    private static final int MAX_CONNECTIONS = 1_200;

    /** Longer than our own clients keep an idle connection (30 s), or they would send into a closed one. */
    private static final int KEEP_ALIVE_TIMEOUT_MILLIS = 60_000;

    private InnerDoor() {}

    /** The door at this port, to be opened by Tomcat. */
    public static Connector on(int port) {
        var connector = new Connector(SmallBuffersProtocol.class.getName());
        connector.setPort(port);
        var protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        protocol.setAddress(InetAddress.getLoopbackAddress());
        protocol.setMaxConnections(MAX_CONNECTIONS);
        protocol.setKeepAliveTimeout(KEEP_ALIVE_TIMEOUT_MILLIS);
        protocol.setExecutor(new VirtualThreadExecutor("inner-"));
        return connector;
    }
}
