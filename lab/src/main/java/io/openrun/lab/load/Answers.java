package io.openrun.lab.load;

/** Takes every request's answer as it arrives, on the thread of the connection: it must be quick. */
@FunctionalInterface
public interface Answers {

    /** The answer object is reused: nothing of it may be kept after returning. */
    void answered(Answer answer);
}
