package io.vedette.api.model;

import io.vedette.common.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.UUID;

/** The version numbers that each project gives to its models, one after the other, none twice. */
@ApplicationScoped
class ProjectVersions {
    private final EntityManager entities;

    ProjectVersions(EntityManager entities) {
        this.entities = entities;
    }

    /** The number that the project's next model gets, unless another takes it first. */
    ModelVersion next(UUID projectId) {
        Number last =
                (Number) entities.createNativeQuery("select last_model_version from project where project_id = ?1")
                        .setParameter(1, projectId)
                        .getSingleResult();
        return new ModelVersion(last.intValue() + 1);
    }

    /** True for exactly one caller per project and number. */
    boolean claim(UUID projectId, ModelVersion next) {
        return entities.createNativeQuery("update project set last_model_version = ?1"
                                + " where project_id = ?2 and last_model_version = ?1 - 1")
                        .setParameter(1, next.number())
                        .setParameter(2, projectId)
                        .executeUpdate()
                == 1;
    }
}
