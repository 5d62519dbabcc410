package io.openrun.lab.load;

import java.time.Duration;

/**
 * What the generator itself did in a run; the answers went elsewhere.
 *
 * @param sent requests handed to the kernel, each with exactly one answer recorded
 * @param reconnects connections that had to be opened again
 * @param took from the first loop's start to the last answer
 */
public record RunReport(long sent, long reconnects, Duration took) {}
