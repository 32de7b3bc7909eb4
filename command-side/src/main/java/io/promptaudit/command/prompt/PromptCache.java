package io.promptaudit.command.prompt;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/** Keeps the prompts used last in memory, for Axon, which has no adapter for Caffeine. */
public final class PromptCache implements Cache {
    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> prompts;

    /** @param prompts how many prompts to keep */
    public PromptCache(int prompts) {
        this.prompts = Caffeine.newBuilder().maximumSize(prompts).build();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public <K, V> @Nullable V get(K key) {
        return (V) prompts.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
        prompts.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return prompts.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return prompts.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        prompts.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return prompts.asMap().containsKey(key);
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        // Axon's repositories register none.
        throw new UnsupportedOperationException("this cache tells nobody of its changes");
    }
}
