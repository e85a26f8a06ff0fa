import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The route of sandboxed-route.camel.yaml in Java. */
public class SandboxedRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{dagwasm.dir}}/in?noop=true&idempotent=true")
                .to("dagwasm:wasm:wasm_modules/hello_world.wasm?timeout=1s&memoryMb=16")
                .to("file:{{dagwasm.dir}}/out?charset=UTF-8");
    }

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new SandboxedRoute());
        main.addInitialProperty("dagwasm.dir", Path.of(args[0]).toString());
        main.configure().withDurationMaxMessages(1);
        main.run();
    }
}
