package io.vedette.api.hosting;

import io.quarkus.logging.Log;
import io.vedette.api.model.StatusMessage;
import io.vedette.common.ModelStatus;
import io.vedette.persistence.Hosting;
import io.vedette.persistence.Hostings;
import io.vedette.persistence.Model;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The transactions of the reconciler. A step that somebody else has taken, or made pointless, does nothing. */
@ApplicationScoped
class HostingSteps {
    private final Hostings hostings;
    private final HostingNews news;

    HostingSteps(Hostings hostings, HostingNews news) {
        this.hostings = hostings;
        this.news = news;
    }

    /** A model with what its caller wants of it. */
    record Wanted(Model model, Hosting hosting) {}

    @Transactional
    List<Wanted> inTransition() {
        return wanted(hostings.inTransition());
    }

    @Transactional
    List<Wanted> serving() {
        return wanted(hostings.serving());
    }

    @Transactional
    void host(Wanted wanted) {
        if (hostings.host(wanted.model())) {
            told(
                    wanted,
                    ModelStatus.HOSTED,
                    StatusMessage.ofHosting(ModelStatus.HOSTED, Optional.of(wanted.hosting())));
        }
    }

    @Transactional
    void fail(Wanted wanted, String reason) {
        if (hostings.fail(wanted.model(), reason)) {
            told(wanted, ModelStatus.HOSTING_FAILED, reason);
        }
    }

    @Transactional
    void release(Wanted wanted) {
        if (hostings.release(wanted.model())) {
            told(wanted, ModelStatus.TRAINED, StatusMessage.ofTrained(wanted.model()));
        }
    }

    private List<Wanted> wanted(List<Model> models) {
        return models.stream()
                .flatMap(model -> hostings.find(model.modelId()).stream().map(hosting -> new Wanted(model, hosting)))
                .toList();
    }

    private void told(Wanted wanted, ModelStatus now, String message) {
        news.tell(wanted.model(), now, message);
        Log.infof("hosting model=%s status=%s: %s", wanted.model().arn(), now, message);
    }
}
