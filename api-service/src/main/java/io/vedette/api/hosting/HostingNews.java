package io.vedette.api.hosting;

import io.vedette.common.ModelStatus;
import io.vedette.common.event.LifecycleEvent.ModelStatusChanged;
import io.vedette.common.event.Topic;
import io.vedette.persistence.History;
import io.vedette.persistence.Model;
import io.vedette.persistence.Outbox;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the world of each step of a hosting, in the transaction that takes it. */
@ApplicationScoped
class HostingNews {
    private final Outbox outbox;
    private final History history;

    HostingNews(Outbox outbox, History history) {
        this.outbox = outbox;
        this.history = history;
    }

    /** @param before the model as it was read before the step */
    void tell(Model before, ModelStatus now, String statusMessage) {
        history.add(before.modelId(), now, statusMessage);
        outbox.add(
                Topic.LIFECYCLE,
                before.arn().toString(),
                new ModelStatusChanged(
                        before.modelId(),
                        before.arn(),
                        before.status(),
                        now,
                        statusMessage,
                        before.evaluation().map(Model.Evaluation::performance).orElse(null)));
    }
}
