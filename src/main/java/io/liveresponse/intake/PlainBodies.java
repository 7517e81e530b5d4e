package io.liveresponse.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Makes the standalone runtime's server read the body of {@code POST /requests} as bytes, whatever its content type. curl and others
 * label any text a form, and Vert.x refuses a form with a field over 2 KB; a multipart body it writes to files before the key is
 * checked, even if Camel switches that off ({@code camel.server.file-upload-enabled} does not reach it). Stateless.
 */
public final class PlainBodies extends MainListenerSupport {

    private static final int BEFORE_THE_BODY_IS_READ = -1;

    @Override
    public void afterConfigure(BaseMainSupport main) {
        try {
            main.getCamelContext().addStartupListener((context, alreadyStarted) -> install(context));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void install(CamelContext context) {
        context.getRegistry().findByType(VertxPlatformHttpRouter.class)
                .forEach(router -> router.route("/requests").order(BEFORE_THE_BODY_IS_READ).handler(PlainBodies::asBytes));
    }

    private static void asBytes(RoutingContext call) {
        call.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        call.next();
    }
}
