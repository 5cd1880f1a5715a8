package io.vedette.anomaly.calibration;

import java.util.Map;

/**
 * From the cells' scores to a scale that is the same in every picture of a model.
 *
 * @param levels of each part that scores cells
 */
public record HeatScale(Map<String, Level> levels) {
    /**
     * @param normal the median of held-out normal cells: 0 on the scale
     * @param threshold what the best cells of a picture on the threshold have: 0.5 on the scale
     */
    public record Level(double normal, double threshold) {
        double of(float score) {
            double room = threshold - normal;
            double value = room > 1e-9 ? (score - normal) / room / 2 : 0;
            return Math.min(1, Math.max(0, value));
        }
    }

    public boolean isEmpty() {
        return levels.isEmpty();
    }

    /**
     * The mean over the parts.
     *
     * @param maps scores of the cells, of each part
     * @return in [0, 1]
     */
    public float[] of(Map<String, float[]> maps) {
        float[] heat = new float[maps.get(levels.keySet().iterator().next()).length];
        levels.forEach((part, level) -> {
            float[] map = maps.get(part);
            for (int i = 0; i < heat.length; i++) heat[i] += (float) (level.of(map[i]) / levels.size());
        });
        return heat;
    }
}
