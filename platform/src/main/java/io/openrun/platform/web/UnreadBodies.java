package io.openrun.platform.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets go of bodies that nobody wants any more. Tomcat reads whatever is left of a body before it closes a connection,
 * which is kind to a client that sends quickly and keeps the place of one that sends slowly or never.
 */
public final class UnreadBodies extends ValveBase {

    private static final String LEFT = UnreadBodies.class.getName();

    /** Also for requests that go on after their thread has left. */
    public UnreadBodies() {
        super(true);
    }

    /** Closes the connection after the answer, and reads nothing more from it. */
    static void leave(ServletRequest request) {
        request.setAttribute(LEFT, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(LEFT) != null) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }
}
