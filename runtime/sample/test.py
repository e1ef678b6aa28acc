"""Tests of the runtime through its sample: `build.sh PYTHON DIRECTORY`, then `PYTHONPATH=DIRECTORY PYTHON test.py`."""

import gc
import importlib
import inspect
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time
import unittest

DIRECTORY = os.path.abspath(os.environ["PYTHONPATH"])

import ferrule_sample as sample  # noqa: E402
import ferrule_sample.area as area  # noqa: E402
import ferrule_sample.area.deep  # noqa: E402


class Tests(unittest.TestCase):
    def fails(self, kind, text, function, *arguments, **keywords):
        with self.assertRaises(kind) as caught:
            function(*arguments, **keywords)
        self.assertIs(type(caught.exception), kind)
        self.assertRegex(str(caught.exception), "^" + text + "$")
        return caught.exception

    def test_calls(self):
        self.assertIsNone(sample.noop())
        self.assertEqual(sample.inc(41), 42)
        self.assertEqual(sample.add(1, 2), 3)
        self.assertEqual(sample.add(1, b=2), 3)
        self.assertEqual(sample.add(b=2, a=1), 3)
        self.assertEqual(sample.add(**{"".join(["", "a"]): 1, "".join("b"): 2}), 3)
        self.assertEqual(sample.scaled(1.5), 3.0)
        self.assertEqual(sample.scaled(1.5, factor=3.0), 4.5)
        self.assertEqual(sample.greet(), "Hello, world!")
        self.assertEqual(sample.greet("Ada"), "Hello, Ada!")
        self.assertEqual(sample.greet(None, "Hi"), "Hi, world!")
        self.assertEqual(sample.greet(greeting="Hi"), "Hi, world!")

    def test_arity(self):
        self.fails(TypeError, r"noop\(\) takes 0 positional arguments but 1 was given", sample.noop, 1)
        self.fails(TypeError, r".*noop\(\) takes no keyword arguments", sample.noop, a=1)
        self.fails(TypeError, r"inc\(\) takes 1 positional argument but 2 were given", sample.inc, 1, 2)
        self.fails(TypeError, r"greet\(\) takes from 0 to 2 positional arguments but 3 were given", sample.greet, 1, 2, 3)
        self.fails(TypeError, r"inc\(\) missing 1 required positional argument: 'value'", sample.inc)
        self.fails(TypeError, r"add\(\) missing 2 required positional arguments: 'a' and 'b'", sample.add)
        self.fails(TypeError, r"total\(\) missing 3 required positional arguments: 'one', 'two', and 'three'", area.total)
        self.fails(TypeError, r"add\(\) missing 1 required positional argument: 'a'", sample.add, b=1)
        self.fails(TypeError, r"add\(\) got multiple values for argument 'a'", sample.add, 1, a=2)
        self.fails(TypeError, r"add\(\) got an unexpected keyword argument 'c'", sample.add, 1, 2, c=3)
        self.fails(TypeError, r"add\(\) got an unexpected keyword argument '\\ud800'", sample.add, 1, **{"\ud800": 3})

    def test_arguments(self):
        self.fails(TypeError, r"inc\(\): value: expected int, got str", sample.inc, "1")
        self.fails(TypeError, r"scale\(\): points\[1\]: expected .*float.*, got str", area.scale, [1.0, "x"])
        self.fails(OverflowError, r"inc\(\): value: .*1180591620717411303424.*", sample.inc, 1 << 70)
        self.fails(UnicodeEncodeError, r".*surrogates not allowed", sample.parse, "\ud800")

    def test_signatures(self):
        self.assertEqual(str(inspect.signature(sample.greet)), "(name=None, greeting='Hello')")
        self.assertEqual(str(inspect.signature(sample.noop)), "()")
        self.assertEqual(inspect.getdoc(sample.noop), "Calls `user::noop`.")
        self.assertEqual(area.scale.__module__, "ferrule_sample.area")
        self.assertEqual(area.scale.__qualname__, "scale")
        self.assertIs(pickle.loads(pickle.dumps(area.scale)), area.scale)

    def test_modules(self):
        self.assertEqual(sample.__doc__, "The sample.")
        self.assertIs(sample.area, area)
        self.assertIs(sys.modules["ferrule_sample.area.deep"], area.deep)
        self.assertEqual(area.__doc__, "Areas.")
        self.assertEqual((area.__name__, area.__package__), ("ferrule_sample.area",) * 2)
        self.assertEqual((area.deep.__name__, area.deep.__package__), ("ferrule_sample.area.deep", "ferrule_sample.area"))
        self.assertEqual(area.__spec__.name, "ferrule_sample.area")
        self.assertEqual(sample.LIMIT, 1 << 40)
        self.assertEqual(area.deep.LIMIT, 1 << 40)
        self.assertIs(sample.scale, area.scale)
        self.assertIs(area.plus, sample.add)
        from ferrule_sample.area.deep import LIMIT
        self.assertEqual(LIMIT, 1 << 40)

    def test_own_exceptions(self):
        self.assertTrue(issubclass(sample.NegativeError, ValueError))
        self.fails(sample.NegativeError, "Negative", sample.checked, -1)
        self.assertIs(sample.ParseError.__base__, Exception)
        self.assertTrue(issubclass(sample.ParseError.Empty, sample.ParseError))
        self.assertEqual(sample.ParseError.Empty.__qualname__, "ParseError.Empty")
        self.assertEqual(sample.ParseError.Empty.__name__, "Empty")
        self.assertEqual(sample.ParseError.Empty.__module__, "ferrule_sample")
        self.assertEqual(sample.ParseError.Empty.__doc__, "`ParseError.Empty`")
        self.fails(sample.ParseError.Empty, "nothing to parse", sample.parse, "")
        error = self.fails(sample.ParseError.Digits, "no number at 0", sample.parse, "x")
        self.assertEqual(error.position, 0)
        self.assertIs(type(error.source), ValueError)
        self.assertEqual(str(error.source), "invalid digit found in string")
        self.assertIs(type(error.__cause__), ValueError)
        self.assertEqual(str(error.__cause__), "invalid digit found in string")
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            copy = pickle.loads(pickle.dumps(error, protocol))
            self.assertEqual((type(copy), copy.args, copy.position), (type(error), error.args, 0))
        with self.assertRaises(sample.ParseError):
            raise sample.ParseError.Empty("from Python")

    def test_exception_classes_that_python_changed(self):
        result = self.python(
            """
            import gc
            import ferrule_sample as sample

            def attempt(function, *arguments):
                gc.collect()
                try:
                    function(*arguments)
                except BaseException as error:
                    print(type(error).__name__, error)

            for made in 5, "text", ValueError:
                for kind in sample.NegativeError, sample.ParseError.Digits, sample.PanicError:
                    kind.__new__ = lambda *_, made=made: made
                attempt(sample.checked, -1)
                attempt(sample.parse, "x")
                attempt(sample.panics, "message")
            """
        )
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), 9)
        self.assertEqual(
            lines[0],
            "TypeError calling <class 'ferrule_sample.NegativeError'> should have returned an instance of BaseException, not 5",
        )
        for line in lines:
            self.assertRegex(line, "^TypeError calling <class .*> should have returned an instance of BaseException, not ")

    def test_daemon_threads_in_python_code_that_a_call_runs(self):
        code = """
            import threading, time
            import ferrule_sample as sample

            class Number:
                def __index__(self):
                    for _ in range(20000):
                        pass
                    return 1

                def __float__(self):
                    return float(self.__index__())

                def __repr__(self):
                    self.__index__()
                    return "Number"

            def convert():
                while True:
                    sample.inc(Number())

            def write_back():
                while True:
                    sample.area.scale([Number() for _ in range(100)])

            def fail():
                while True:
                    try:
                        sample.scaled(Number(), **{"factor": "text"})
                    except TypeError:
                        pass

            for work in (convert, write_back, fail) * 2:
                threading.Thread(target=work, daemon=True).start()
            time.sleep(0.05)
            """
        for _ in range(8):
            result = self.python(code)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_constant_that_python_cannot_express(self):
        result = self.python(
            """
            import warnings
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                import ferrule_partial
            print(*[(one.category.__name__, str(one.message)) for one in caught])
            print(hasattr(ferrule_partial, "FOREVER"), ferrule_partial.deep.LIMIT)
            """
        )
        self.assertEqual(result.stderr, "")
        self.assertEqual(
            result.stdout,
            "('RuntimeWarning', 'ferrule_partial.FOREVER is left out: the time is out of the range of timedelta')\n"
            "False 1099511627776\n",
        )
        result = self.python(
            """
            import warnings
            warnings.simplefilter("error")
            try:
                import ferrule_partial
            except RuntimeWarning as warning:
                print(warning)
            """
        )
        self.assertRegex(result.stdout, "FOREVER is left out")

    def test_std_errors(self):
        error = self.fails(FileNotFoundError, r"\[Errno 2\] No such file or directory", sample.io_error, 2)
        self.assertEqual((error.errno, error.strerror), (2, "No such file or directory"))
        error = self.fails(FileNotFoundError, "nothing there", sample.io_error, 0)
        self.assertIsNone(error.errno)
        self.fails(OSError, "nothing to parse", sample.io_error, -1)
        self.fails(UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte", sample.utf8_error)
        self.fails(RuntimeError, "just text", sample.text_error)
        self.fails(RuntimeError, ".*", sample.unit_error)
        self.fails(ValueError, "invalid digit found in string", sample.boxed_error, "int")
        self.fails(FileNotFoundError, r"\[Errno 2\] No such file or directory", sample.boxed_error, "io")
        error = self.fails(RuntimeError, "no number at 0", sample.boxed_error, "own")
        self.assertIs(type(error.__cause__), ValueError)
        self.fails(RuntimeError, "some text", sample.boxed_error, "some text")

    def test_panics(self):
        place = r" \(src/user.rs:\d+\)"
        self.fails(OverflowError, "attempt to add with overflow" + place, sample.panics, "overflow")
        self.fails(OverflowError, "attempt to shift left with overflow" + place, sample.panics, "shift")
        self.fails(IndexError, "index out of bounds: the len is 3 but the index is 3" + place, sample.panics, "index")
        self.fails(IndexError, "range start index 4 out of range for slice of length 3" + place, sample.panics, "slice")
        self.fails(IndexError, ".*byte index 1 is not a char boundary.*" + place, sample.panics, "boundary")
        self.fails(ZeroDivisionError, "attempt to divide by zero" + place, sample.panics, "division")
        self.assertTrue(issubclass(sample.PanicError, RuntimeError))
        error = self.fails(sample.PanicError, "some text" + place, sample.panics, "some text")
        self.assertEqual(error.file, "src/user.rs")
        self.assertTrue(str(error).endswith(":%d)" % error.line))
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((copy.file, copy.line, str(copy)), (error.file, error.line, str(error)))
        self.fails(sample.PanicError, "panicked" + place, sample.panics, "any")
        error = self.fails(sample.PanicError, "resumed", sample.panics, "resumed")
        self.assertEqual((error.file, error.line), (None, None))
        self.fails(sample.PanicError, "no text" + place, sample.bad_error)

    def test_panics_print_nothing(self):
        code = "import ferrule_sample as s\ntry: s.panics('quiet')\nexcept s.PanicError: pass\ns.panics_elsewhere()"
        done = self.python(code)
        self.assertNotIn("quiet", done.stderr)
        self.assertIn("on another thread", done.stderr)

    def python(self, code, **options):
        environment = {**os.environ, "PYTHONPATH": DIRECTORY}
        return subprocess.run([sys.executable, "-c", textwrap.dedent(code)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60, **options)

    def test_write_back(self):
        points = [1.0, 2.0]
        area.scale(points)
        self.assertEqual(points, [2.0, 4.0])
        with self.assertRaises(area.ScaleError) as caught:
            area.scale(points, -1.0)
        self.assertEqual(caught.exception.value, -1.0)
        self.assertEqual(points, [-2.0, -4.0])
        points = [1.0, 5000.0]
        self.fails(sample.PanicError, r"too far \(src/user.rs:\d+\)", area.scale, points)
        self.assertEqual(points, [2.0, 5000.0])
        points = [1.0]
        self.fails(TypeError, "scale.*factor.*", area.scale, points, "x")
        self.assertEqual(points, [1.0])

    def test_same_object_twice(self):
        one, other = [1.0], [2.0]
        area.swap(one, other)
        self.assertEqual((one, other), ([2.0], [1.0]))
        self.fails(ValueError, "swap.*: other: .*twice.*", area.swap, one, one)
        memory = bytearray(b"abcdef")
        self.fails(ValueError, "copy.*: source: .*", area.copy, memory, memory)
        view = memoryview(memory)
        self.fails(ValueError, "copy.*: source: .*", area.copy, view[:4], view[2:])
        self.assertEqual(area.copy(view[:2], view[4:]), 2)
        self.assertEqual(memory, b"efcdef")
        view.release()
        memory.append(1)  # BufferError if an export were left
        self.assertEqual(area.total(memory, memory, memory), 21)
        self.fails(TypeError, "total.*: three: .*", area.total, memory, memory, "x")
        memory.append(1)

    def test_broken_import(self):
        for _ in range(3):
            with self.assertRaisesRegex(Exception, r"broken constant"):
                importlib.import_module("ferrule_broken")
            self.assertFalse([name for name in sys.modules if name.startswith("ferrule_broken")])

    def test_second_import(self):
        first = sys.modules.pop("ferrule_sample")
        submodules = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("ferrule_sample.")}
        second = importlib.import_module("ferrule_sample")
        self.assertIsNot(first, second)
        self.assertIsNot(first.ParseError, second.ParseError)
        sys.modules["ferrule_sample"] = first
        sys.modules.update(submodules)

    def test_threads(self):
        for _ in range(3):
            sample.sleep(1)  # measured slow: from now on without the GIL
        ended = []
        threads = [threading.Thread(target=lambda: ended.append(sample.sleep(200))) for _ in range(4)]
        start = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(ended), 4)
        self.assertLess(time.monotonic() - start, 0.7)

    def test_large_input(self):
        large = bytes(1 << 20)  # so large that the first call goes without the GIL
        for _ in range(100):
            self.assertEqual(area.total(large, large, large), 3 << 20)

    def test_panic_without_the_gil(self):
        for _ in range(3):
            self.fails(sample.PanicError, r"after the sleep .*", sample.sleep_then_panic, 1)

    def test_many_threads_at_once(self):
        def work():
            for number in range(2000):
                sample.spin(number % 40)
                try:
                    sample.checked(-1)
                except sample.NegativeError:
                    pass
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def test_exit_with_a_daemon_thread_in_rust(self):
        code = """
            import threading, time, ferrule_sample as s
            for _ in range(3): s.sleep(1)
            def work():
                while True: s.sleep(20)
            for _ in range(4): threading.Thread(target=work, daemon=True).start()
            def crash():
                while True:
                    try: s.sleep_then_panic(15)
                    except s.PanicError: pass
            threading.Thread(target=crash, daemon=True).start()
            time.sleep(0.1)
            import atexit
            atexit.register(time.sleep, 0.05)
            print("bye")
        """
        for _ in range(5):
            done = self.python(code)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "bye\n", ""))

    def test_subinterpreters(self):
        code = """
            try: import _interpreters as interpreters
            except ImportError: import _xxsubinterpreters as interpreters
            import ferrule_sample as s
            inner = '''
            import ferrule_sample as s, ferrule_sample.area
            assert s.add(1, b=2) == 3
            try: s.parse("")
            except s.ParseError.Empty: pass
            try: s.panics("inner")
            except s.PanicError as error: assert "inner" in str(error)
            '''
            import textwrap, threading
            def run():
                for _ in range(5):
                    one = interpreters.create()
                    problem = interpreters.run_string(one, textwrap.dedent(inner))
                    assert problem is None, problem
                    interpreters.destroy(one)
            run()
            import sys
            if sys.version_info >= (3, 12):
                threads = [threading.Thread(target=run) for _ in range(3)]
                for thread in threads: thread.start()
                for thread in threads: thread.join()
            assert s.add(1, 2) == 3
            print("fine")
        """
        done = self.python(code)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "fine\n", ""))

    def test_memory_of_modules_goes(self):
        code = """
            import sys, gc, weakref, importlib
            import ferrule_sample as s
            gone = [weakref.ref(s), weakref.ref(s.ParseError.Empty), weakref.ref(s.PanicError), weakref.ref(s.area)]
            for name in [name for name in sys.modules if name.startswith("ferrule_sample")]: del sys.modules[name]
            del s
            gc.collect()
            print([one() for one in gone])
        """
        done = self.python(code)
        self.assertEqual((done.returncode, done.stdout), (0, "[None, None, None, None]\n"), done.stderr)

    def everything(self):
        """Every way through a call, once."""
        points = [1.0, 2.0]
        sample.noop(), sample.add(1 << 20, b=1 << 21), sample.greet(greeting="Hi"), area.scale(points), area.swap(points, [0.5, 0.5])
        memory = bytearray(b"abc")
        area.copy(memory, b"xyz"), area.total(memory, b"1", memory)
        for call in FAILURES:
            try:
                call()
            except Exception:
                pass

    def test_reference_counts(self):
        if hasattr(sys, "gettotalrefcount"):
            count = sys.gettotalrefcount
        else:
            def count():
                return sys.getallocatedblocks()
        for call in [self.everything, self.import_again]:
            counts = []
            for _ in range(6):
                for _ in range(500):
                    call()
                gc.collect()
                counts.append(count())
            # The interpreter's own caches fill at first; a leak of ours would be 500 a round, for ever.
            self.assertLess(abs(counts[-1] - counts[-2]), 100, (call, counts))

    def import_again(self):
        kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("ferrule_sample")}
        importlib.import_module("ferrule_sample")
        sys.modules.update(kept)
        try:
            importlib.import_module("ferrule_broken")
        except Exception:
            pass


FAILURES = [
    lambda: sample.noop(1),
    lambda: sample.add(1),
    lambda: sample.add(1, 2, c=3),
    lambda: sample.add(1, a=3),
    lambda: sample.inc("x"),
    lambda: sample.inc(1 << 70),
    lambda: sample.checked(-1),
    lambda: sample.parse(""),
    lambda: sample.parse("x"),
    lambda: sample.parse("\ud800"),
    lambda: sample.panics("overflow"),
    lambda: sample.panics("index"),
    lambda: sample.panics("any"),
    lambda: sample.panics("text"),
    lambda: sample.panics("resumed"),
    lambda: sample.bad_error(),
    lambda: sample.io_error(2),
    lambda: sample.io_error(0),
    lambda: sample.io_error(-1),
    lambda: sample.utf8_error(),
    lambda: sample.text_error(),
    lambda: sample.unit_error(),
    lambda: sample.boxed_error("own"),
    lambda: area.scale([1.0, 2.0], -1.0),
    lambda: area.scale([1.0, 5000.0]),
    lambda: area.scale([1.0, "x"]),
    lambda: area.scale([1.0], "x"),
    lambda: (lambda one: area.swap(one, one))([1.0]),
    lambda: (lambda one: area.copy(one, one))(bytearray(b"abc")),
    lambda: area.total(b"1", bytearray(b"1"), "x"),
]

if __name__ == "__main__":
    unittest.main()
