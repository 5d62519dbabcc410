package io.openrun.platform.web;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over {@value #MAX_BYTES} bytes with 413, whether their length is told or not, and those that take longer
 * than {@link #MAX_TIME} with 408.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {

    /** The most bytes a request body may have. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The longest a body may take, from when somebody begins to read it. */
    static final Duration MAX_TIME = Duration.ofSeconds(10);

    private final ProblemAnswers answers;
    private final LongSupplier nanos;

    /** Refuses with {@code answers}. */
    public BodyLimitFilter(ProblemAnswers answers) {
        this(answers, System::nanoTime);
    }

    BodyLimitFilter(ProblemAnswers answers, LongSupplier nanos) {
        this.answers = answers;
        this.nanos = nanos;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= MAX_BYTES) {
            chain.doFilter(new Limited(request, nanos), response);
            return;
        }
        answers.write(tooLarge(), request, response);
    }

    private static Problem tooLarge() {
        return Problem.of(413, "PAYLOAD_TOO_LARGE").with("maxBytes", MAX_BYTES);
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final LongSupplier nanos;

        Limited(HttpServletRequest request, LongSupplier nanos) {
            super(request);
            this.nanos = nanos;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(getRequest(), super.getInputStream(), nanos);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletRequest request;
        private final ServletInputStream in;
        private final LongSupplier nanos;
        private final long begun;
        private int left = MAX_BYTES;

        LimitedStream(ServletRequest request, ServletInputStream in, LongSupplier nanos) {
            this.request = request;
            this.in = in;
            this.nanos = nanos;
            this.begun = nanos.getAsLong();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int bytes;
            try {
                bytes = in.read(into, offset, length);
            } catch (IOException goneOrSilent) {
                UnreadBodies.leave(request);
                throw goneOrSilent;
            }
            left -= Math.max(0, bytes);
            if (left < 0) {
                throw tooLarge().asException();
            }
            if (bytes >= 0 && nanos.getAsLong() - begun > MAX_TIME.toNanos()) {
                UnreadBodies.leave(request);
                throw Problem.of(408, "REQUEST_TOO_SLOW").asException();
            }
            return bytes;
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
