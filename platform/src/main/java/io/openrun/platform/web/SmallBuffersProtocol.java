package io.openrun.platform.web;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 with small buffers for answers: every request has them from its first byte on, also one that waits. A longer
 * answer is sent in chunks.
 */
public final class SmallBuffersProtocol extends Http11NioProtocol {

    private static final int ANSWER_BYTES = 2 * 1024;
    private static final int SOCKET_READ_BYTES = 2 * 1024;
    private static final int SOCKET_WRITE_BYTES = 4 * 1024;

    /** Made by Tomcat, by name. */
    public SmallBuffersProtocol() {
        setProperty("socket.appReadBufSize", Integer.toString(SOCKET_READ_BYTES));
        setProperty("socket.appWriteBufSize", Integer.toString(SOCKET_WRITE_BYTES));
    }

    @Override
    public int getDesiredBufferSize() {
        return ANSWER_BYTES;
    }
}
