package io.openrun.platform.web;

import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies over {@value #MAX_BYTES} bytes with 413, whether their length is told or not. */
public final class BodyLimitFilter extends OncePerRequestFilter {

    /** The most bytes a request body may have. */
    public static final int MAX_BYTES = 64 * 1024;

    private final ProblemAnswers answers;

    /** Refuses with {@code answers}. */
    public BodyLimitFilter(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= MAX_BYTES) {
            chain.doFilter(new Limited(request), response);
            return;
        }
        response.setHeader(HttpHeaders.CONNECTION, "close");
        answers.write(tooLarge(), request, response);
    }

    private static Problem tooLarge() {
        return Problem.of(413, "PAYLOAD_TOO_LARGE").with("maxBytes", MAX_BYTES);
    }

    private static final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream in;
        private int left = MAX_BYTES;

        LimitedStream(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            return b < 0 ? b : counted(1, b);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            return n < 0 ? n : counted(n, n);
        }

        private int counted(int bytes, int result) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge().asException();
            }
            return result;
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
