package io.openrun.lab.explain;

/** A scene could not be played to its end; the message is a sentence for people. */
final class ExplainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExplainException(String message) {
        super(message);
    }

    ExplainException(String message, Exception cause) {
        super(message, cause);
    }
}
