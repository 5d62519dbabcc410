package io.openrun.engines;

import org.jspecify.annotations.Nullable;

/** An engine could not be started or stopped; the message is one sentence for the person at the terminal. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
