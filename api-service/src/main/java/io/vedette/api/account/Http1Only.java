package io.vedette.api.account;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * HTTP/1.1, as AWS has it: HTTP/2 has no Host header, which is signed, and its requests cannot be handed on once their
 * body was read. Clients that ask for HTTP/2 are answered over HTTP/1.1.
 */
@Singleton
class Http1Only implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setUseAlpn(false);
    }
}
