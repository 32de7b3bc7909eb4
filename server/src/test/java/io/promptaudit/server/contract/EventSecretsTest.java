package io.promptaudit.server.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.event.TrailEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Events can never forget, so they must not know: no field of any of them, however deep, is for secrets or persons. */
class EventSecretsTest {
    private static final Pattern PERSONAL = Pattern
            .compile("(?i).*(password|passphrase|secret|token|personal|displayname|address|useragent|email|phone).*");

    @Test
    void haveNoPlaceForASecretOrAPerson() {
        var found = new ArrayList<String>();
        var seen = new HashSet<Class<?>>();
        SampleEvents.types(TrailEvent.class).forEach(type -> findPersonal(type, seen, found));
        // The display name, sealed under the account's own key; and whether there is a password at all.
        assertThat(found).containsExactlyInAnyOrder("String AccountCreated.personal", "boolean AccountCreated.password",
                "String AccountDescribed.personal");
    }

    private static void findPersonal(Class<?> type, Set<Class<?>> seen, List<String> found) {
        assertThat(type).isNotEqualTo(PersonalDetails.class);
        if (!type.getName().startsWith("io.promptaudit.") || !seen.add(type)) {
            return;
        }
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(permitted -> findPersonal(permitted, seen, found));
        }
        for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
            if (PERSONAL.matcher(component.getName()).matches()) {
                found.add("%s %s.%s".formatted(component.getType().getSimpleName(), type.getSimpleName(),
                        component.getName()));
            }
            findPersonal(component.getType(), seen, found);
            if (component.getGenericType() instanceof ParameterizedType generic) {
                for (var argument : generic.getActualTypeArguments()) {
                    if (argument instanceof Class<?> element) {
                        findPersonal(element, seen, found);
                    }
                }
            }
        }
    }
}
