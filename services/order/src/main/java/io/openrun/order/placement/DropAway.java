package io.openrun.order.placement;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;

/** The drop service does not answer, so nothing can be said about a hold now. Try again. */
public final class DropAway extends ResourceAccessException {

    DropAway(String message) {
        super(message);
    }

    DropAway(String message, @Nullable Exception cause) {
        super(message, new IOException(message, cause));
    }
}
