package io.github.dagwasm.camel;

import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.Registry;

/**
 * The local processors together with the user's own beans: a {@link TextProcessor} by the name it
 * is bound to, a {@link TextProcessorFactory} by the name it gives. The registry is asked each time
 * anew, so that beans may come after the component.
 */
final class RegistryBackend implements Backend {

    private final LocalBackend local;
    private final Registry registry;

    RegistryBackend(LocalBackend local, Registry registry) {
        this.local = local;
        this.registry = registry;
    }

    @Override
    public String name() {
        return local.name();
    }

    @Override
    public List<KeySpec> keys() {
        return withBeans().keys();
    }

    @Override
    public PipelineProcessor create(ProcessorDefinition definition) {
        return withBeans().create(definition);
    }

    private LocalBackend withBeans() {
        List<TextProcessorFactory> beans = new ArrayList<>();
        registry.findByTypeWithName(TextProcessor.class)
                .forEach(
                        (name, bean) -> beans.add(new BeanFactory(nameOfItsOwn(name, bean), bean)));
        beans.addAll(registry.findByType(TextProcessorFactory.class));
        return local.with(beans);
    }

    private String nameOfItsOwn(String name, TextProcessor bean) {
        if (local.names().contains(name)) {
            throw new IllegalArgumentException(
                    "the bean '%s' (%s) has the name of a local processor; bind it to another one"
                            .formatted(name, bean.getClass().getName()));
        }
        return name;
    }

    /** Makes the bean that there is already; its options are its own affair. */
    private record BeanFactory(String name, TextProcessor bean) implements TextProcessorFactory {

        @Override
        public TextProcessor create(KeyValues options) {
            return new SharedBean(bean);
        }
    }

    /** The registry's bean, which a pipeline uses and does not close. */
    private record SharedBean(TextProcessor bean) implements TextProcessor {

        @Override
        public ProcessorResult process(ProcessorCall call) throws Exception {
            return bean.process(call);
        }

        @Override
        public boolean stopsOnInterrupt() {
            return bean.stopsOnInterrupt();
        }

        @Override
        public boolean keepsDeadline() {
            return bean.keepsDeadline();
        }

        @Override
        public Intent intent() {
            return bean.intent();
        }

        @Override
        public Optional<String> resource() {
            return bean.resource();
        }

        @Override
        public Optional<String> sha256() {
            return bean.sha256();
        }

        @Override
        public Map<String, Long> limits() {
            return bean.limits();
        }

        @Override
        public Set<String> attributes() {
            return bean.attributes();
        }

        @Override
        public boolean carriesBytes() {
            return bean.carriesBytes();
        }
    }
}
