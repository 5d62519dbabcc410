package io.openrun.platform.web;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/** Knows whether so many connections are open that others will soon wait outside. */
public final class OpenConnections implements TomcatConnectorCustomizer {

    private static final int CROWDED_PERCENT = 75;
    private static final int ALL_PERCENT = 100;

    private volatile @Nullable AbstractProtocol<?> protocol;

    @Override
    public void customize(Connector connector) {
        protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
    }

    /** More than {@value #CROWDED_PERCENT} % of the connections that there may be are open. */
    boolean areCrowded() {
        var open = protocol;
        return open != null
                && open.getConnectionCount() * ALL_PERCENT > (long) open.getMaxConnections() * CROWDED_PERCENT;
    }
}
