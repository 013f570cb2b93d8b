import { LayoutGrid, List, Megaphone, Sparkles } from "lucide-react";
import { useState } from "react";
import { Checkbox, Switch } from "./checkbox";
import { Chip, ToggleChip } from "./chip";
import { ColorInput } from "./color-input";
import { Combobox } from "./combobox";
import type { ComboboxOption } from "./combobox";
import { Field } from "./field";
import { longName, rtlName } from "./gallery-samples";
import { Section } from "./gallery-section";
import { NumberInput } from "./number-input";
import { RadioCards } from "./radio-cards";
import { SearchInput } from "./search-input";
import { Segmented } from "./segmented";
import { Select } from "./select";
import { Slider } from "./slider";
import { TagInput } from "./tag-input";
import { TextArea, TextInput } from "./text-input";
import { InfoTip } from "./tooltip";

const platforms = [
  { value: "tiktok", label: "TikTok", description: "9:16, cuts fast" },
  { value: "youtube", label: "YouTube", description: "16:9, room for a story" },
  { value: "long", label: longName },
];

function Typed() {
  const [seconds, setSeconds] = useState<number | null>(15);
  const [platform, setPlatform] = useState<string | null>(null);
  const [client, setClient] = useState<ComboboxOption | null>(null);
  const [color, setColor] = useState("#2f50d6");
  const [tags, setTags] = useState<readonly string[]>(["summer", rtlName, longName]);
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <Field label="Name" hint="Shown to everyone who works on it." required>
        <TextInput placeholder="Spring launch" />
      </Field>
      <Field label="Name" error="This name is taken. Choose another one.">
        <TextInput defaultValue={longName} />
      </Field>
      <Field label="Homepage" disabled>
        <TextInput value="https://example.com" />
      </Field>
      <Field label="Name in Arabic">
        <TextInput defaultValue={rtlName} />
      </Field>
      <Field label="Prompt" aside="32 / 5,000" className="md:col-span-2">
        <TextArea placeholder="What is the ad about, who is it for, what should they do?" />
      </Field>
      <Field label="Length">
        <NumberInput value={seconds} onValueChange={setSeconds} min={5} max={180} unit="s" />
      </Field>
      <Field label="Platform">
        <Select value={platform} onValueChange={setPlatform} options={platforms} placeholder="Choose a platform" />
      </Field>
      <Field label="Client">
        <Combobox value={client} onValueChange={setClient} options={platforms} placeholder="Find a client" />
      </Field>
      <Field label="Primary colour">
        <ColorInput value={color} onValueChange={setColor} pickLabel="Pick the primary colour" />
      </Field>
      <Field label="Tags" className="md:col-span-2">
        <TagInput value={tags} onValueChange={setTags} suggestions={["winter", "product", "people"]} />
      </Field>
    </div>
  );
}

function Chosen() {
  const [on, setOn] = useState(true);
  const [off, setOff] = useState(false);
  const [quality, setQuality] = useState<"local" | "hosted" | null>("local");
  const [view, setView] = useState<"grid" | "list">("grid");
  const [seconds, setSeconds] = useState(15);
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <div className="grid gap-3">
        <Checkbox checked={on} onCheckedChange={setOn} label="Captions" hint="Beside the film, as SRT and WebVTT." />
        <Checkbox checked={off} onCheckedChange={setOff} label="End card" />
        <Checkbox checked={false} indeterminate onCheckedChange={setOff} label="Some of these" />
        <Checkbox checked disabled onCheckedChange={setOff} label="Music" />
      </div>
      <div className="grid gap-3">
        <Switch checked={on} onCheckedChange={setOn} label="Safe areas" hint="What the platform covers." />
        <Switch checked={off} onCheckedChange={setOff} label="Loop the scene" />
        <Field label="Length">
          <Slider value={seconds} onValueChange={setSeconds} min={5} max={180} formatValue={(value) => `${value} s`} />
        </Field>
      </div>
      <Field label="Pictures come from" className="md:col-span-2">
        <RadioCards
          className="md:grid-cols-2"
          value={quality}
          onValueChange={setQuality}
          options={[
            { value: "local", label: "This machine", description: "Drawn from your assets.", aside: "$0.00" },
            { value: "hosted", label: "A hosted model", description: longName, icon: <Sparkles />, aside: "$0.12" },
          ]}
        />
      </Field>
      <Segmented
        label="View"
        value={view}
        onValueChange={setView}
        options={[
          { value: "grid", label: "Grid", icon: <LayoutGrid aria-hidden /> },
          { value: "list", label: "List", icon: <List aria-hidden /> },
        ]}
      />
      <Segmented
        label="View"
        iconsOnly
        value={view}
        onValueChange={setView}
        options={[
          { value: "grid", label: "Grid", icon: <LayoutGrid aria-hidden /> },
          { value: "list", label: "List", icon: <List aria-hidden /> },
        ]}
      />
    </div>
  );
}

function Chips() {
  const [pressed, setPressed] = useState(true);
  const [words, setWords] = useState("");
  return (
    <>
      <SearchInput value={words} onValueChange={setWords} label="Search assets" slashFocuses />
      <ToggleChip pressed={pressed} onPressedChange={setPressed} icon={<Megaphone aria-hidden />}>
        TikTok
      </ToggleChip>
      <ToggleChip pressed={!pressed} onPressedChange={() => setPressed(!pressed)}>
        YouTube
      </ToggleChip>
      <Chip>summer</Chip>
      <Chip onRemove={() => setPressed(false)} removeLabel="Remove the tag">
        {longName}
      </Chip>
      <InfoTip label="About the estimate">
        What hosted models would cost. Drawing on this machine costs nothing.
      </InfoTip>
    </>
  );
}

export function FormsGallery() {
  return (
    <>
      <Section title="Fields" className="max-w-160">
        <Typed />
      </Section>
      <Section title="Choices" className="max-w-160">
        <Chosen />
      </Section>
      <Section title="Chips and search">
        <Chips />
      </Section>
    </>
  );
}
