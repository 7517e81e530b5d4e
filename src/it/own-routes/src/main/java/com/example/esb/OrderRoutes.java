package com.example.esb;

import org.apache.camel.builder.RouteConfigurationBuilder;

/** What the application had before: routes, and an error handling that means all of its own. */
public final class OrderRoutes extends RouteConfigurationBuilder {

    @Override
    public void configuration() {
        routeConfiguration().onException(IllegalStateException.class).handled(true).setBody(constant("refused")).to("mock:refused");
    }

    @Override
    public void configure() {
        from("direct:orders").routeId("orders").streamCache("false")
                .setHeader("Authorization").constant("Bearer of the application").id("add-bearer")
                .to("mock:api").id("api")
                .setBody(simple("ordered ${body}")).id("from");

        from("direct:bad-orders").routeId("bad-orders")
                .throwException(IllegalStateException.class, "bad order").id("store");

        from("direct:lost-orders").routeId("lost-orders")
                .throwException(IllegalArgumentException.class, "lost order").id("write");
    }
}
