package com.example.esb;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** The routes as XML, with no YAML reader on the class path. */
public final class XmlRoutes {

    private XmlRoutes() {
    }

    /** The started context; the caller stops it. */
    public static CamelContext start(Properties settings) throws Exception {
        // tag::embed[]
        CamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setInitialProperties(settings);
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(camel).findResources("classpath:camel-xml/**/*.camel.xml"));
        camel.start();
        // end::embed[]
        return camel;
    }
}
