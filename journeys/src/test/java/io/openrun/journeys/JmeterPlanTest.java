package io.openrun.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JmeterPlanTest {

    private static final Path PLAN = Path.of("src", "test", "jmeter", "journey.jmx");
    private static final String BASE = "${__P(journey.base-url)}";
    private static final String LANE = "${__P(journey.fast-lane-url)}";
    private static final String DROP = "/drops/${__P(journey.drop)}";

    @Test
    void goesTheWholeJourneyByThePathsOfTheContract() throws Exception {
        assertThat(requests(plan()))
                .containsSubsequence(
                        "POST " + BASE + "/api/v1/sessions",
                        "POST " + BASE + "/api/v1/products",
                        "POST " + BASE + "/api/v1/drops",
                        "POST " + BASE + "/api/v1/users",
                        "GET " + BASE + "/dev/inbox",
                        "POST " + BASE + "/api/v1/users/verifications",
                        "POST " + BASE + "/api/v1/sessions",
                        "GET " + BASE + "/api/v1/products?limit=20",
                        "GET " + BASE + "/api/v1" + DROP,
                        "POST " + LANE + "/api/v1" + DROP + "/purchases",
                        "GET " + BASE + "/api/v1/orders/${order}",
                        "POST " + BASE + "/api/v1/payments",
                        "POST " + BASE + "/api/v1/payments/${payment}/confirm",
                        "GET " + BASE + "/api/v1/orders/${order}",
                        "POST " + BASE + "/api/v1/orders/${order}/cancel",
                        "GET " + BASE + "/api/v1" + DROP + "/audit");
    }

    @Test
    void endsWithTheAuditThatFailsTheRun() throws Exception {
        var samplers = plan().getElementsByTagName("HTTPSamplerProxy");
        var last = (Element) samplers.item(samplers.getLength() - 1);

        assertThat(last.getAttribute("testname")).isEqualTo("audit");
        assertThat(plan().getElementsByTagName("PostThreadGroup").getLength()).isOne();
    }

    private static List<String> requests(Document plan) {
        var samplers = plan.getElementsByTagName("HTTPSamplerProxy");
        var requests = new ArrayList<String>();
        for (int i = 0; i < samplers.getLength(); i++) {
            var sampler = (Element) samplers.item(i);
            requests.add(property(sampler, "HTTPSampler.method") + " " + property(sampler, "HTTPSampler.path"));
        }
        return requests;
    }

    private static String property(Element sampler, String name) {
        var properties = sampler.getElementsByTagName("stringProp");
        for (int i = 0; i < properties.getLength(); i++) {
            if (((Element) properties.item(i)).getAttribute("name").equals(name)) {
                return properties.item(i).getTextContent();
            }
        }
        throw new AssertionError("no " + name);
    }

    private static Document plan() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(PLAN.toFile());
    }
}
