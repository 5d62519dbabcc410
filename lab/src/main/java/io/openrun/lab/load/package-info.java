/** A lean HTTP/1.1 load generator for loopback: few threads, thousands of keep-alive connections, honest latencies. */
@NullMarked
package io.openrun.lab.load;

import org.jspecify.annotations.NullMarked;
