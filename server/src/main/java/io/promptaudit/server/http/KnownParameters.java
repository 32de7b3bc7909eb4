package io.promptaudit.server.http;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import io.promptaudit.api.MalformedRequest;

/** A parameter that an endpoint does not know is refused. Endpoints that are given the whole request look themselves. */
final class KnownParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint && Arrays.stream(endpoint.getMethodParameters())
                .noneMatch(parameter -> parameter.getParameterType() == HttpServletRequest.class)) {
            List<String> known = known(endpoint);
            request.getParameterMap().keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw new MalformedRequest(name, "is not a known parameter"
                        + (known.isEmpty() ? "" : "; known are " + String.join(", ", known)));
            });
        }
        return true;
    }

    private static List<String> known(HandlerMethod endpoint) {
        return Arrays.stream(endpoint.getMethod().getParameters()).filter(one -> one.isAnnotationPresent(RequestParam.class))
                .map(Parameter::getName).toList();
    }
}
