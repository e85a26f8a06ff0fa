package com.example.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The application as it is, with mocks in place of its folders. */
class NotesTest extends CamelTestSupport {

    @EndpointInject("mock:file:target/test-notes/published")
    private MockEndpoint published;

    @Override
    protected CamelContext createCamelContext() {
        Main main = Notes.configured();
        main.addOverrideProperty("notes.folder", "target/test-notes");
        main.init();
        return main.getCamelContext();
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip("file:target/test-notes/published*");
        configuration.replaceRouteFromWith("notes", "direct:notes");
        configuration.replaceRouteFromWith("shout", "direct:shout");
    }

    @Test
    void aNoteIsPublishedWithoutItsAddresses() throws Exception {
        published.expectedBodiesReceived("Lunch with [email] on Monday\n\n-- published\n");
        published.expectedHeaderReceived("dagwasm.count.word_count", "5");

        template.sendBody("direct:notes", "lunch with ann@example.com on monday\n");

        published.assertIsSatisfied();
    }

    @Test
    void aPipelineFileIsARoute() throws Exception {
        published.expectedBodiesReceived("CALL [EMAIL]!");

        template.sendBody("direct:shout", "call ann@example.com!");

        published.assertIsSatisfied();
    }

    @Test
    void bytesThatAreNoTextAreNotPublished() throws Exception {
        published.expectedMessageCount(0);

        Exchange sent =
                template.send(
                        "direct:notes",
                        exchange -> exchange.getMessage().setBody(new byte[] {'a', (byte) 0xff}));

        assertEquals(
                "pipeline 'change_text_case_title': the input: malformed UTF-8 at byte 1 (0xff)",
                sent.getException().getMessage());
        published.assertIsSatisfied();
    }
}
