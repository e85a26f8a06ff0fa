package io.github.dagwasm.camel.observe;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.camel.CamelContext;

/** What JMX tells of one context's component and endpoints. */
final class ManagedBeans {

    private final CamelContext context;
    private final MBeanServer server;

    ManagedBeans(CamelContext context) {
        this.context = context;
        server = context.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    ObjectName component() {
        return only("type=components,name=\"dagwasm\"");
    }

    /** The endpoint whose URI begins so. */
    ObjectName endpoint(String uri) {
        return only("type=endpoints,name=\"" + uri.replace("dagwasm:", "dagwasm://") + "*\"");
    }

    private ObjectName only(String properties) {
        try {
            Set<ObjectName> found =
                    server.queryNames(
                            new ObjectName(
                                    "org.apache.camel:context="
                                            + context.getManagementName()
                                            + ","
                                            + properties),
                            null);
            if (found.size() != 1) {
                throw new IllegalStateException(properties + " finds " + found);
            }
            return found.iterator().next();
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    Object attribute(ObjectName bean, String name) {
        try {
            return server.getAttribute(bean, name);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(ObjectName bean, String name) {
        return ((Number) attribute(bean, name)).longValue();
    }

    void call(ObjectName bean, String operation) {
        try {
            server.invoke(bean, operation, null, null);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The runs as started, succeeded, partial, failed and under way. */
    String runs(ObjectName bean) {
        return "%d: %d, %d, %d, %d"
                .formatted(
                        number(bean, "RunsStarted"),
                        number(bean, "RunsSucceeded"),
                        number(bean, "RunsPartial"),
                        number(bean, "RunsFailed"),
                        number(bean, "RunsUnderWay"));
    }

    /** A table's rows, the first column as the key and the last one as the value. */
    Map<String, Object> table(ObjectName bean, String name) {
        TabularData table = (TabularData) attribute(bean, name);
        String key = table.getTabularType().getIndexNames().get(0);
        Map<String, Object> rows = new TreeMap<>();
        for (Object each : table.values()) {
            CompositeData row = (CompositeData) each;
            String value =
                    row.getCompositeType().keySet().stream()
                            .filter(column -> !column.equals(key) && !column.equals("module"))
                            .findFirst()
                            .orElseThrow();
            rows.put((String) row.get(key), row.get(value));
        }
        return rows;
    }

    /** Every attribute of a bean that can be read, as text. */
    String everything(ObjectName bean) {
        StringBuilder all = new StringBuilder();
        try {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                all.append(attribute.getName())
                        .append('=')
                        .append(server.getAttribute(bean, attribute.getName()))
                        .append('\n');
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }
}
