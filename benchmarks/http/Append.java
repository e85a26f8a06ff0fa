import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What the guest does, as a Java lambda would. */
public final class Append implements Processor {
    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(exchange.getMessage().getBody(String.class) + "-wasm");
    }
}
