import { type InputEvent, type Ref, useEffect, useImperativeHandle, useRef } from "react";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

// Within forms alone: what narrows a list beside them is not kept anywhere, and so not lost.
const CONTROLS = "form input, form textarea, form select";

function controlsOf(root: Element | null): Control[] {
  const all = [...(root?.querySelectorAll<Control>(CONTROLS) ?? [])];
  return all.filter((control) => !("readOnly" in control && control.readOnly));
}

function heldBy(control: Control): string {
  const isTicked = control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
  return isTicked ? String(control.checked) : control.value;
}

export interface FormWatch {
  /** Whether a form inside holds something else than when it appeared. */
  readonly isChanged: () => boolean;
}

/** Watches the forms inside of the element that gets `ref` and `onInput`, from when it is mounted. */
export function useFormWatch(watch: Ref<FormWatch>) {
  const ref = useRef<HTMLDivElement>(null);
  const atFirst = useRef(new Map<Control, string>());
  const typedInto = useRef(new WeakSet<EventTarget>());
  useEffect(() => {
    atFirst.current = new Map(controlsOf(ref.current).map((control) => [control, heldBy(control)]));
  }, []);
  useImperativeHandle(watch, () => {
    const isOther = (control: Control): boolean => {
      const before = atFirst.current.get(control);
      if (before !== undefined) return heldBy(control) !== before;
      // It came later, with what a choice or an answer brought; only what was typed into it counts.
      return typedInto.current.has(control) && heldBy(control) !== "";
    };
    return { isChanged: () => controlsOf(ref.current).some(isOther) };
  }, []);
  const onInput = (event: InputEvent): void => void typedInto.current.add(event.target);
  return { ref, onInput };
}
