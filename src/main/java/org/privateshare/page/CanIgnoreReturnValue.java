package org.privateshare.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/// On methods that give back their own object, only so that calls can be chained. Error Prone knows
/// it by its name.
@Target(ElementType.METHOD)
@interface CanIgnoreReturnValue {}
