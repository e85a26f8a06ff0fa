package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that Camel would evaluate passes in any part of a URI, however it is encoded. */
class EndpointEncodingsTest {

    private static final int TRIES = 3_000;

    private static final List<String> PAYLOADS =
            List.of(
                    "${bean:type:java.lang.Runtime?method=getRuntime}",
                    "$simple{exchangeId}",
                    "${file:name}${bean:x}",
                    "a${${file:name}}",
                    "${file:name.ext}",
                    "#bean:x",
                    "#class:a.B",
                    "#class:a.B#make('x')",
                    "#type:a.B",
                    "#valueAs(a.B):1",
                    "#autowired",
                    "#property:x",
                    "#x",
                    " #x",
                    "{{env:PATH}}",
                    "{{?x}}",
                    "{{sys:user.home}}",
                    "{{bean:x.y}}",
                    "a&sorter=#x",
                    "a)&sorter=#x&b=RAW(");

    /** One per cent sign stands for the place of the payload. */
    private static final List<String> PLACES =
            List.of(
                    "file:@",
                    "file:in/@/out",
                    "seda:@",
                    "seda:in@out",
                    "file:@?delete=true",
                    "file:in?@=1",
                    "file:in?@",
                    "file:in?move@=1",
                    "file:in?charset=@",
                    "file:in?delete=@",
                    "file:in?delay=@&delete=true",
                    "file:in?fileExist=@",
                    "file:in?fileName=@",
                    "file:in?move=@",
                    "file:in?move=${file:name}@",
                    "file:in?moveFailed=x@x",
                    "file:in?tempFileName=RAW(@)",
                    "file:in?tempFileName=RAW{@}",
                    "file:in?charset=RAW(@)&delete=true",
                    "file:in?sorter=@",
                    "file:in?delay=1&delay=@",
                    "@:in",
                    "@");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final EndpointPolicy policy =
            EndpointPolicy.restricted(EndpointSchemes.of("file,seda"), OpenedOptions.NONE);

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingThatIsEvaluatedPasses(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            String payload = any(random, PAYLOADS);
            for (int times = random.nextInt(4); times > 0; times--) {
                payload = encoded(random, payload);
            }
            String uri = any(random, PLACES).replace("@", payload);

            assertThat(refusal(uri)).as(uri).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void literalTextPassesHoweverItIsEncoded(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            String file = "file:in/some folder?antInclude=" + encoded(random, "*.txt");
            String queue = "seda:" + encoded(random, "some queue");

            assertThat(refusal(file)).as(file).isEmpty();
            assertThat(refusal(queue)).as(queue).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:in%20box", "file:///%69n?delete=true", "file:a%2525"})
    void noEscapeInThePathOfAFileLeadsElsewhere(String uri) {
        assertThat(refusal(uri))
                .contains(
                        "the path of a file endpoint has '%' before two hexadecimal digits, which"
                                + " Camel reads as another character; write that character itself,"
                                + " or rename the folder");
    }

    private Optional<String> refusal(String uri) {
        try {
            return policy.problem(context, new EndpointUri(uri));
        } catch (ResolveEndpointFailedException e) {
            // Neither would Camel make an endpoint of it.
            return Optional.of(e.getMessage());
        }
    }

    private static String encoded(Random random, String text) {
        int share = 1 + random.nextInt(4);
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean must = b == '%';
            if (must || random.nextInt(share) == 0) {
                String hex = Integer.toHexString(b & 0xff);
                out.append('%').append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    private static String any(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
