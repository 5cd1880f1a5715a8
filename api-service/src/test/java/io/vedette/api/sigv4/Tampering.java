package io.vedette.api.sigv4;

import io.vedette.api.sigv4.OracleRequest.Signed;
import java.util.ArrayList;
import java.util.List;

/** Every way to change a signed request in one part only. */
final class Tampering {
    private Tampering() {}

    static List<Signed> of(Signed signed) {
        List<Signed> all = new ArrayList<>();
        all.add(signed.withMethod(signed.method().equals("GET") ? "POST" : "GET"));
        all.add(signed.withTarget(signed.target().replaceFirst("/s", "/t")));
        all.add(signed.withTarget(signed.target() + (signed.target().contains("?") ? "&" : "?") + "more=1"));
        all.add(signed.withBody(signed.body() + " "));
        all.add(signed.withSecret(signed.secret() + "x"));
        String authorization = signed.headers().get("authorization").get(0);
        for (String name :
                authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1").split(";")) {
            all.add(signed.withHeader(name, signed.headers().get(name).get(0) + "x"));
            all.add(signed.withoutHeader(name));
            all.add(signed.withHeader(
                    "authorization", authorization.replaceFirst("(SignedHeaders=[^,]*)" + name + ";?", "$1")));
        }
        all.add(signed.withHeader("x-amz-added", "later"));
        all.add(signed.withHeader("x-amz-date", "20260228T235958Z"));
        all.add(signed.withHeader("authorization", authorization.replace("20260228", "20260227")));
        all.add(signed.withHeader("authorization", authorization.replace("eu-west-1", "eu-west-2")));
        all.add(signed.withHeader("authorization", authorization.replace("lookoutvision", "lookoutmetrics")));
        char last = authorization.charAt(authorization.length() - 1);
        all.add(signed.withHeader(
                "authorization", authorization.substring(0, authorization.length() - 1) + (last == '0' ? '1' : '0')));
        return all;
    }
}
