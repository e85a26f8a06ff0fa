import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Embedded {
    public static void main(String[] args) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(
                    camel,
                    routes ->
                            routes.from("direct:greet")
                                    .to("dagwasm:pipeline:examples/embedded/greet.yaml"));
            camel.start();
            String answer =
                    camel.createProducerTemplate()
                            .requestBody("direct:greet", String.join(" ", args), String.class);
            System.out.println(answer);
        }
    }
}
